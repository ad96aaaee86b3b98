"""Orders to put findings right, and rechecks of what was done (安全生产法第六十五条)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.enforcement.domain.events import OrderedItem, RecheckedItem
from services.enforcement.domain.finding import Finding, check_deadline
from services.kernel.errors import Invalid


@dataclass(frozen=True)
class Rechecked:
    """What a recheck says of each item, and the items that failed, with their new deadlines."""

    items: tuple[RecheckedItem, ...]
    failed: tuple[OrderedItem, ...]


def order(findings: Sequence[Finding], items: Sequence[Mapping[str, Any]], today: date) -> list[Finding]:
    """The findings with the order's deadlines and measures on site; what it leaves out keeps the record's."""
    wanted = _by_finding(findings, items)
    return [_ordered(finding, wanted[finding.id], today) if finding.id in wanted else finding for finding in findings]


def _ordered(finding: Finding, item: Mapping[str, Any], today: date) -> Finding:
    deadline = finding.deadline_on if item["deadline_on"] is None else check_deadline(item["deadline_on"], today)
    return replace(finding, deadline_on=deadline, on_site_measure=item["on_site_measure"] or None)


def recheck(findings: Sequence[Finding], items: Sequence[Mapping[str, Any]], today: date) -> list[Finding]:
    """The findings as judged; all that are past their deadline have to be, and what fails gets a later one."""
    wanted = _by_finding([finding for finding in findings if finding.is_open], items)
    if any(f.is_open and f.deadline_on < today and f.id not in wanted for f in findings):
        raise Invalid("inspection.recheck_incomplete", "整改期限已到的问题都应复查", items="有到期未复查的问题")
    return [_rechecked(finding, wanted[finding.id], today) if finding.id in wanted else finding for finding in findings]


def _rechecked(finding: Finding, item: Mapping[str, Any], today: date) -> Finding:
    deadline = finding.deadline_on
    if item["is_passed"] and item["deadline_on"] is not None:
        raise Invalid("inspection.deadline_of_passed", "复查合格的问题不填写新的整改期限", items="合格的不填期限")
    if not item["is_passed"]:
        if item["deadline_on"] is None:
            raise Invalid("inspection.deadline_missing", "复查不合格的问题应填写新的整改期限", items="缺新的整改期限")
        deadline = check_deadline(item["deadline_on"], today)
    return replace(finding, is_passed=item["is_passed"], recheck_opinion=item["opinion"], deadline_on=deadline)


def _by_finding(findings: Sequence[Finding], items: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found = {item["finding_id"]: item for item in items}
    if len(found) != len(items) or not found.keys() <= {finding.id for finding in findings}:
        raise Invalid("inspection.unknown_finding", "所列问题重复、已复查合格或不属于本次检查", items="问题编号不正确")
    return found
