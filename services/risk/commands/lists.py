"""Lists are composed, submitted, audited by somebody else, filed, replaced and withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.kernel import clock, ids
from services.kernel.errors import Conflict
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk import answers, list_lines
from services.risk.contract import lists as contract
from services.risk.domain.levels import Tier
from services.risk.domain.list_rules import TIER_NAMES
from services.risk.domain.risk_list import Person, RiskList, rest_points
from services.risk.domain.risk_point import Status
from services.risk.domain.schedule import Ending
from services.risk.repository import lists, references, scope, settings, tasks
from services.risk.tables import check_task, risk_point


@handles(contract.COMPOSE_RISK_LIST)
def compose_risk_list(
    work: Work, unit_id: str, list_class: str, name: str | None, lines: list[dict[str, Any]], id: str | None = None
) -> dict[str, Any]:
    """Draft a list for a unit; it replaces the one in force there once it is filed."""
    of = _drafted(work, unit_id, list_class, name, id)
    _write(work, of, lines)
    return answers.risk_list(work, of)


@handles(contract.CHANGE_RISK_LIST)
def change_risk_list(
    work: Work, risk_list_id: str, version: int | None, name: str | None, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    of = lists.find_own(work, risk_list_id, version)
    of.name = name or _named_after(references.find_own_unit(work, of.unit_id))
    _write(work, of, lines)
    return answers.risk_list(work, of)


@handles(contract.COPY_RISK_LIST)
def copy_risk_list(work: Work, risk_list_id: str, unit_id: str, id: str | None = None) -> dict[str, Any]:
    """Draft a list for a unit from another one's lines; points of another unit are found again by name and kind."""
    source = lists.find_own(work, risk_list_id, None)
    unit = references.find_own_unit(work, unit_id)
    of = _drafted(work, unit_id, unit["tier"], None, id)
    same = _same_points(work, source, unit_id)
    demanded = {None, *settings.mandatory(work, unit["region"], unit["industry"])}
    kept = [
        {
            **{name: value for name, value in line.items() if name != "level"},
            "point_id": same[line["point_id"]],
            "items": [item for item in line["items"] if item["mandatory_id"] in demanded],
        }
        for line in source.lines
        if line["point_id"] in same
    ]
    _write(work, of, kept)
    lost = [line["point_name"] or "" for line in answers.lines(work, source.lines) if line["point_id"] not in same]
    return answers.risk_list(work, of) | {"unmatched": lost}


@handles(contract.SUBMIT_RISK_LIST)
def submit_risk_list(work: Work, risk_list_id: str, version: int | None) -> dict[str, Any]:
    """Hand the list to audit; the answer tells what its author should still look at."""
    of = lists.find_own(work, risk_list_id, version)
    found = list_lines.found_on(work, of)
    of.submit(_person(work), work.now, found)
    lists.keep(work, of)
    return answers.risk_list(work, of) | {"findings": found}


@handles(contract.AUDIT_RISK_LIST)
def audit_risk_list(work: Work, risk_list_id: str, version: int | None, is_passed: bool, opinion: str | None) -> dict[str, Any]:
    of = lists.find_own(work, risk_list_id, version)
    of.audit(_person(work), work.now, is_passed, opinion)
    lists.keep(work, of)
    return answers.risk_list(work, of)


@handles(contract.FILE_RISK_LIST)
def file_risk_list(work: Work, risk_list_id: str, version: int | None) -> dict[str, Any]:
    """Put the list in force from the next windows on; the unit's former list ends with it."""
    of = lists.find_own(work, risk_list_id, version)
    references.find_own_unit(work, of.unit_id)
    before = lists.filed_of(work, of.unit_id, lock=True)
    levels = _locked_levels(work, [line["point_id"] for line in of.lines])
    found = list_lines.found_on(work, of)
    if before is not None:
        _supersede(work, before)  # Saved first, since the database keeps one list in force a unit.
    fact = of.file(_person(work), work.now, found, before, levels)
    lists.keep(work, of, fact)
    lists.put_in_force(work, of, rest_points(of.lines, before.lines if before else []))
    lists.mark_filed(work, {line["point_id"] for line in [*of.lines, *(before.lines if before else [])]})
    return answers.risk_list(work, of)


@handles(contract.WITHDRAW_RISK_LIST)
def withdraw_risk_list(work: Work, risk_list_id: str, version: int | None, reason: str | None) -> dict[str, Any]:
    """Take the list back; open tasks whose window reaches beyond today are cancelled."""
    of = lists.find_own(work, risk_list_id, version)
    take_back(work, of, reason)
    return answers.risk_list(work, of)


def take_back(work: Work, of: RiskList, reason: str | None) -> None:
    fact = of.withdraw(work.now, reason)
    lists.keep(work, of, *([fact] if fact else []))
    if fact:
        lists.end(work, of, Ending.WITHDRAWN)
        beyond = check_task.c.window_end > clock.end_of(work.today)
        _cancel(work, "清单已撤销", check_task.c.list_id == of.id, beyond)
        lists.mark_filed(work, {line["point_id"] for line in of.lines})


def _supersede(work: Work, before: RiskList) -> None:
    """Tasks whose window has begun stay on the old list, later ones are cancelled."""
    lists.keep(work, before, before.supersede(work.now))
    lists.end(work, before, Ending.SUPERSEDED)
    _cancel(work, "清单已被替代", check_task.c.list_id == before.id, check_task.c.window_start > work.now)


def _cancel(work: Work, reason: str, *conditions: sa.ColumnElement[bool]) -> None:
    open_tasks = tasks.pending(work, *conditions)
    tasks.keep_many(work, [(task, task.cancel(reason)) for task in open_tasks], "check_task")


def _drafted(work: Work, unit_id: str, list_class: str, name: str | None, list_id: str | None) -> RiskList:
    unit = references.find_own_unit(work, unit_id)
    if list_class != unit["tier"]:
        names = f"{TIER_NAMES[Tier(list_class)]}清单不能用于{TIER_NAMES[Tier(unit['tier'])]}单元"
        raise Conflict("risk_list.wrong_class", f"清单类别与适用单元的层级不一致：{names}")
    return RiskList(
        id=list_id or ids.new_id(), **references.owner_of(unit), unit_id=unit_id, list_class=list_class, author_id=work.caller.id,
        author_name=work.caller.name, created_at=work.now, name=name or _named_after(unit),
    )  # fmt: skip


def _named_after(unit: Mapping[str, Any]) -> str:
    return f"{unit['name']}{TIER_NAMES[Tier(unit['tier'])]}风险清单"


def _write(work: Work, of: RiskList, lines: Sequence[dict[str, Any]]) -> None:
    unit = references.find_own_unit(work, of.unit_id)
    filed = lists.filed_of(work, of.unit_id)
    of.compose(list_lines.composed(work, unit, lines), filed.id if filed else None)
    lists.keep(work, of)


def _same_points(work: Work, source: RiskList, unit_id: str) -> dict[str, str]:
    """To each point of a list the one that the target has: itself in the same unit, else one of the same name and kind."""
    listed = [line["point_id"] for line in source.lines]
    if unit_id == source.unit_id:
        return {point_id: point_id for point_id in listed}
    theirs, ours = risk_point.alias("theirs").c, risk_point.alias("ours").c
    inside = sa.and_(ours.enterprise_id == source.enterprise_id, ours.unit_id.in_(scope.below(unit_id)))
    alike = sa.and_(ours.name == theirs.name, ours.object_type == theirs.object_type, ours.status == Status.ACTIVE)
    query = sa.select(theirs.id, ours.id).where(theirs.id.in_(listed), inside, alike).order_by(ours.id.desc())
    return dict(work.session.execute(query).tuples().all())


def _locked_levels(work: Work, point_ids: list[str]) -> dict[str, str]:
    """The levels of today; while the list is being filed no point of it can be retired."""
    query = sa.select(risk_point.c.id, risk_point.c.level).where(risk_point.c.id.in_(point_ids))
    return dict(work.session.execute(query.order_by(risk_point.c.id).with_for_update()).tuples().all())


def _person(work: Work) -> Person:
    return Person(work.caller.id, work.caller.name)
