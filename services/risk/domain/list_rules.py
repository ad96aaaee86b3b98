"""What stands against submitting or filing a list, and what its author should look at (rules 1, 3, 5.2; R1, R2, R5, R29)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.risk.domain.frequency import MINIMUM, NAMES, Frequency, Period, is_enough
from services.risk.domain.levels import GRAVE, Level, Tier
from services.risk.domain.measures import level_name

TIER_NAMES = {
    Tier.ENTERPRISE: "公司级",
    Tier.DEPARTMENT: "部门级",
    Tier.WORKSHOP: "车间级",
    Tier.TEAM: "班组级",
    Tier.POST: "岗位级",
}


class Stage(StrEnum):
    """What a finding stops; a finding without a stage only warns."""

    SUBMIT = "submit"
    FILE = "file"


@dataclass(frozen=True)
class Finding:
    code: str
    message: str
    stage: Stage | None = None
    point_id: str | None = None

    @property
    def is_blocking(self) -> bool:
        return self.stage is not None


@dataclass(frozen=True)
class ListedPoint:
    """What a list needs to know of a point."""

    id: str
    name: str
    level: Level | None
    is_active: bool
    is_infrequent: bool = False
    has_control_plan: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What a list is held against: its unit, the points on it, those it owes, and the items it has to keep."""

    unit_tier: Tier
    points: Mapping[str, ListedPoint] = field(default_factory=dict)
    owed: Sequence[ListedPoint] = ()
    mandatory: Mapping[str, str] = field(default_factory=dict)


def findings(list_class: Tier, lines: Sequence[Mapping[str, Any]], around: Surroundings) -> list[Finding]:
    """Everything there is to say about the list, what blocks first."""
    found = [*_class(list_class, lines, around), *_mandatory(list_class, lines, around.mandatory)]
    for line in lines:
        found += _line(list_class, line, around.points.get(line["point_id"]))
    found += _missing({line["point_id"] for line in lines}, around.owed)
    order = {Stage.SUBMIT: 0, Stage.FILE: 1, None: 2}
    return sorted(found, key=lambda finding: order[finding.stage])


def _class(list_class: Tier, lines: Sequence[Any], around: Surroundings) -> Iterable[Finding]:
    if list_class != around.unit_tier:
        names = f"{TIER_NAMES[list_class]}清单不能用于{TIER_NAMES[around.unit_tier]}单元"
        yield Finding("wrong_class", f"清单类别与适用单元的层级不一致：{names}", Stage.SUBMIT)
    if not lines:
        yield Finding("empty", "清单中还没有风险点", Stage.SUBMIT)


def _mandatory(list_class: Tier, lines: Sequence[Mapping[str, Any]], mandatory: Mapping[str, str]) -> Iterable[Finding]:
    if list_class != Tier.ENTERPRISE:
        return
    kept = {item.get("mandatory_id") for line in lines for item in line["items"]}
    for mandatory_id, text in mandatory.items():
        if mandatory_id not in kept:
            yield Finding("mandatory_item_missing", f"公司级清单缺少强制性检查内容“{text}”", Stage.SUBMIT)


def _line(list_class: Tier, line: Mapping[str, Any], point: ListedPoint | None) -> Iterable[Finding]:
    if point is None or not point.is_active or point.level is None:
        name = point.name if point else "（已删除）"
        yield Finding("point_not_active", f"风险点“{name}”不在用，请移出清单", Stage.SUBMIT, line["point_id"])
        return
    if not line["items"]:
        yield Finding("no_items", f"风险点“{point.name}”没有检查内容", Stage.SUBMIT, point.id)
    if point.level in GRAVE and not point.has_control_plan:
        text = f"{level_name(point.level)}“{point.name}”没有管控方案"
        yield Finding("control_plan_missing", text, Stage.FILE, point.id)
    frequency = Frequency(Period(line["period"]), line["times"])
    if not is_enough(frequency, point.level, list_class, point.is_infrequent):
        least = MINIMUM[point.level][list_class]
        text = f"“{point.name}”的检查频次低于最低要求（{NAMES[least.period]}{least.times}次）"
        stage = Stage.FILE if point.level == Level.RED else None
        yield Finding("frequency_too_low", text, stage, point.id)


def _missing(listed: set[str], owed: Sequence[ListedPoint]) -> Iterable[Finding]:
    for point in owed:
        if point.id not in listed and point.level is not None:
            stage = Stage.FILE if point.level in GRAVE else None
            yield Finding("point_missing", f"{level_name(point.level)}“{point.name}”应列入本清单", stage, point.id)
