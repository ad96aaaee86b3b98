"""Checks of codes against the catalogues in force: hazard factors, accident types."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.kernel import catalogue
from services.kernel.errors import Invalid
from services.kernel.work import Work

ACCIDENTS = {"1986": "accident_types", "2025": "accident_types_2025"}


def names(work: Work, name: str) -> dict[str, str]:
    """The Chinese name of every code of a catalogue."""
    return {row["code"]: row["name"] for row in catalogue.rows(work, name)}


def check(work: Work, factors: Iterable[Mapping[str, Any]], standard: str, accident_types: Iterable[str]) -> None:
    """Refuse codes that no catalogue knows."""
    wanted = {factor["code"] for factor in factors}
    wrong = {"factors": "、".join(sorted(wanted - names(work, "hazard_factors").keys()))} if wanted else {}
    if kinds := set(accident_types):
        wrong["accident_types"] = "、".join(sorted(kinds - names(work, ACCIDENTS[standard]).keys()))
    if wrong := {field: f"不在目录中：{codes}" for field, codes in wrong.items() if codes}:
        raise Invalid("risk_point.unknown_code", "危害因素或事故类型代码不在现行目录中，请重新选择", **wrong)
