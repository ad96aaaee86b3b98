"""What an inspection finds: results item by item, and the problems, each with its class, its law and its deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.kernel.errors import Invalid

ON_SITE, LIMITED, MAJOR = "general_on_site", "general_limited", "major"
LONGEST = timedelta(days=365)


@dataclass(frozen=True)
class Finding:
    id: str
    item_number: int | None
    item_code: str | None
    description: str
    place: str
    hazard_class: str
    criterion_code: str | None
    basis: str
    measure: str
    deadline_on: date
    photos: tuple[str, ...] = ()
    on_site_measure: str | None = None
    is_passed: bool | None = None
    recheck_opinion: str | None = None

    @property
    def is_open(self) -> bool:
        return not self.is_passed

    @property
    def is_on_site(self) -> bool:
        """Whether it belongs into the decision on measures on site (WS04)."""
        return self.hazard_class == ON_SITE or self.on_site_measure is not None

    def announced(self) -> dict[str, Any]:
        names = ("description", "place", "hazard_class", "criterion_code", "item_code", "deadline_on")
        return {"finding_id": self.id} | {name: getattr(self, name) for name in names}


def check_deadline(deadline_on: date, today: date) -> date:
    if not today <= deadline_on <= today + LONGEST:
        raise Invalid("inspection.wrong_deadline", "整改期限应在今天至一年之内", deadline_on="不在范围内")
    return deadline_on


def check_results(items: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every item of the table answered once, in its order; nothing beside the table."""
    answers = {answer["number"]: answer for answer in given}
    numbers = [item["number"] for item in items]
    if len(answers) != len(given) or answers.keys() != set(numbers):
        missing = "、".join(str(n) for n in numbers if n not in answers)[:60]
        raise Invalid(
            "inspection.results_incomplete",
            "检查表的每一项都应填写一次结果",
            results=f"缺第{missing}项" if missing else "有多余或重复的序号",
        )
    return [
        {
            "number": item["number"],
            "code": item["code"],
            "item": item["item"],
            **{k: answers[item["number"]][k] for k in ("result", "note")},
        }
        for item in items
    ]


def make_findings(
    items: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]], today: date
) -> list[Finding]:
    """The findings with what the check items give them; each failed item has one, and a finding's item has failed."""
    by_number = {item["number"]: item for item in items}
    failed = {result["number"] for result in results if result["result"] == "failed"}
    told = {finding["item_number"] for finding in given if finding["item_number"] is not None}
    if wrong := told - failed:
        raise Invalid("inspection.item_not_failed", "有问题的检查内容，结果应为不合格", findings=f"第{min(wrong)}项")
    if wrong := failed - told:
        raise Invalid("inspection.finding_missing", "不合格的检查内容应说明发现的问题", findings=f"第{min(wrong)}项")
    if len({finding["id"] for finding in given}) != len(given):
        raise Invalid("inspection.finding_twice", "发现的问题编号重复", findings="编号重复")
    return [_finding(by_number.get(finding["item_number"]), finding, today) for finding in given]


def _finding(item: Mapping[str, Any] | None, given: Mapping[str, Any], today: date) -> Finding:
    hazard_class = given["hazard_class"] or (item or {}).get("hazard_class")
    basis = given["basis"] or (f"《{item['law']}》{item['article']}" if item else None)
    if hazard_class is None or basis is None:
        raise Invalid("inspection.finding_unclear", "检查表以外的问题应填写隐患级别和依据", findings="缺隐患级别或依据")
    criterion = given["criterion_code"] or (item or {}).get("criterion_code")
    if given["criterion_code"] and hazard_class != MAJOR:
        raise Invalid("inspection.criterion_not_major", "只有重大隐患才填写判定条款", findings="隐患级别不是重大隐患")
    return Finding(
        id=given["id"], item_number=given["item_number"], item_code=item["code"] if item else None,
        description=given["description"], place=given["place"], hazard_class=hazard_class,
        criterion_code=criterion if hazard_class == MAJOR else None, basis=basis, measure=given["measure"],
        deadline_on=_deadline(item, given, hazard_class, today), photos=tuple(given["photos"]),
    )  # fmt: skip


def _deadline(item: Mapping[str, Any] | None, given: Mapping[str, Any], hazard_class: str, today: date) -> date:
    """Given, or today for what is put right on site, or the item's days; a major hazard's is fixed case by case."""
    if given["deadline_on"] is not None:
        return check_deadline(given["deadline_on"], today)
    if hazard_class == ON_SITE:
        return today
    days = (item or {}).get("default_deadline_days") or 0
    if hazard_class == MAJOR or days < 1:
        raise Invalid("inspection.deadline_missing", "请填写整改期限：重大隐患或检查内容没有默认期限", findings="缺整改期限")
    return today + timedelta(days=days)
