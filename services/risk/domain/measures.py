"""Control measures of five kinds, and what a level demands of them before a point is published (rules 3, R5)."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from services.risk.domain.levels import GRAVE, Level


class Kind(StrEnum):
    """In the order of preference."""

    ENGINEERING = "engineering"  # 工程技术
    MANAGEMENT = "management"  # 管理
    TRAINING = "training"  # 培训教育
    PPE = "ppe"  # 个体防护
    EMERGENCY = "emergency"  # 应急处置


LABELS = {
    Kind.ENGINEERING: "工程技术措施",
    Kind.MANAGEMENT: "管理措施",
    Kind.TRAINING: "培训教育措施",
    Kind.PPE: "个体防护措施",
    Kind.EMERGENCY: "应急处置措施",
}
Factor = Mapping[str, Any]  # code, description, measures: [{kind, text}]


def kinds_of(factors: Iterable[Factor]) -> set[Kind]:
    return {Kind(measure["kind"]) for factor in factors for measure in factor["measures"]}


def shortcomings(level: Level, factors: Sequence[Factor]) -> list[str]:
    """What keeps factors and measures from being enough for the level, a sentence each."""
    found = [f"危害因素“{factor['description']}”没有控制措施" for factor in factors if not factor["measures"]]
    if not factors:
        found.append("没有危害因素")
    return found + missing_kinds(level, kinds_of(factors))


def needed_kinds(level: Level) -> list[list[Kind]]:
    """Of each group one kind is needed: red and orange all five; yellow engineering or management, and emergency; blue any."""
    if level in GRAVE:
        return [[kind] for kind in Kind]
    return [[Kind.ENGINEERING, Kind.MANAGEMENT], [Kind.EMERGENCY]] if level == Level.YELLOW else [list(Kind)]


def missing_kinds(level: Level, present: set[Kind]) -> list[str]:
    """A sentence for each group of needed kinds of which none is there."""
    if level in GRAVE:
        return [f"{level_name(level)}必须有{LABELS[kind]}" for kind in Kind if kind not in present]
    if level == Level.YELLOW:
        found = [] if present & {Kind.ENGINEERING, Kind.MANAGEMENT} else ["一般风险必须有工程技术措施或管理措施"]
        return found + ([] if Kind.EMERGENCY in present else ["一般风险必须有应急处置措施"])
    return [] if present else ["低风险至少要有一项控制措施"]


def level_name(level: Level) -> str:
    return {Level.RED: "重大风险", Level.ORANGE: "较大风险", Level.YELLOW: "一般风险", Level.BLUE: "低风险"}[level]


def joined(measures: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each measure once, in the order of preference and then of appearance."""
    seen = dict.fromkeys((Kind(m["kind"]), m["text"]) for m in measures)
    order = list(Kind)
    return [{"kind": kind.value, "text": text} for kind, text in sorted(seen, key=lambda pair: order.index(pair[0]))]
