"""Assessing a risk: the server computes value and level, whatever the client may have computed (rules 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self

from services.kernel.errors import Invalid
from services.risk.domain.levels import RESPONSIBLE, Level
from services.risk.domain.methods import LOWEST_SCORE, METHODS, Column, Method

# Any one of these makes a point red whatever its value (rules 2.8).
DIRECT_RULES = frozenset(f"DM-{number:02}" for number in range(1, 13))


@dataclass(frozen=True)
class Result:
    """What a method gives for its parameters."""

    value: Decimal
    grade: str
    level: Level


@dataclass(frozen=True)
class Assessor:
    """Who assesses, and when."""

    id: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Assessment:
    """One assessment of a point, numbered within it; kept for ever."""

    number: int
    method: str
    parameters: dict[str, str]
    value: str
    grade: str
    level: str
    control_tier: str
    direct_rule: str | None
    reason: str | None
    assessed_by: str
    assessed_by_name: str
    assessed_at: str

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__})

    def dump(self) -> dict[str, Any]:
        return vars(self) | {"parameters": dict(self.parameters)}


def compute(method: str, parameters: Mapping[str, Any]) -> Result:
    """Value, classic grade and level of a complete set of parameters; Invalid names the parameter that is wrong."""
    if method not in METHODS:
        raise Invalid("assessment.unknown_method", "评价方法应为LEC、LS或MES", method=method)
    return _computed(method, tuple((name, Decimal(str(value))) for name, value in parameters.items()))


@lru_cache(4096)
def _computed(method: str, parameters: tuple[tuple[str, Decimal], ...]) -> Result:
    """The same few parameters come again and again, in a file of thousands of points most of all."""
    table = METHODS[method]
    value = Decimal(1)
    for number in _complete(table, dict(parameters)).values():
        value *= number
    band = next(b for b in table.bands if value >= b.lowest)
    return Result(_plain(value), band.grade, band.level)


def multiplied(method: str, parameters: Mapping[str, Any]) -> dict[str, Decimal]:
    """The numbers that make the value: a severity that is told by its columns is their highest score."""
    return _complete(METHODS[method], {name: Decimal(str(value)) for name, value in parameters.items()})


def _complete(table: Method, given: dict[str, Decimal]) -> dict[str, Decimal]:
    columns = table.columns or {}
    told = {name: given.pop(name) for name in list(given) if name in columns}
    if told and table.severity:
        highest = max(score(name, columns[name], value) for name, value in told.items())
        if given.setdefault(table.severity, highest) != highest:
            raise Invalid("assessment.severity_differs", "严重性应取各列中的最高分", severity=str(highest))
    for name, allowed in table.parameters.items():
        if name not in given:
            raise Invalid("assessment.missing_parameter", f"评价参数不完整，缺少{name}", parameter=name)
        if given[name] not in allowed:
            values = "、".join(str(v) for v in sorted(allowed, reverse=True))
            raise Invalid("assessment.bad_parameter", f"参数{name}只能取{values}", parameter=name)
    if extra := given.keys() - table.parameters.keys():
        raise Invalid("assessment.unknown_parameter", f"没有参数{min(extra)}", parameter=min(extra))
    return given


def score(name: str, column: Column, value: Decimal) -> Decimal:
    """The severity that one column tells, from a score or from an amount of loss in 万元."""
    if column.scores:
        if value not in column.scores:
            raise Invalid("assessment.bad_parameter", f"参数{name}不在可选范围内", parameter=name)
        return value
    if value < 0:
        raise Invalid("assessment.bad_parameter", "损失金额不能为负数", parameter=name)
    for bound, points in column.amounts:
        if value > bound or (column.is_bound_inclusive and value == bound):
            return points
    return LOWEST_SCORE


def _plain(value: Decimal) -> Decimal:
    """4.200 and 4.2 are written alike, and 320 is not 3.2E+2."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def check_claim(result: Result, value: Any, level: str | None) -> None:
    """Refuse a client that computed something else: what its user saw would not be what is stored."""
    if (value is not None and Decimal(str(value)) != result.value) or (level is not None and level != result.level):
        raise Invalid(
            "assessment.differs", "风险值或等级与系统计算结果不一致，请刷新后重新评价", value=str(result.value), level=result.level
        )


def assess(
    number: int,
    method: str,
    parameters: Mapping[str, Any],
    assessor: Assessor,
    direct_rule: str | None = None,
    reason: str | None = None,
    value: Any = None,
    level: str | None = None,
) -> Assessment:
    """The assessment with this number; a rule of direct judgement makes it red, a differing claim is refused."""
    if direct_rule is not None and direct_rule not in DIRECT_RULES:
        raise Invalid("assessment.unknown_rule", "没有这条直接判定规则", direct_rule=direct_rule)
    computed = compute(method, parameters)
    result = Result(computed.value, computed.grade, Level.RED if direct_rule else computed.level)
    check_claim(result, value, level)
    return Assessment(
        number=number,
        method=method,
        parameters={name: str(_plain(Decimal(str(v)))) for name, v in parameters.items()},
        value=str(result.value),
        grade=result.grade,
        level=result.level,
        control_tier=RESPONSIBLE[result.level],
        direct_rule=direct_rule,
        reason=reason,
        assessed_by=assessor.id,
        assessed_by_name=assessor.name,
        assessed_at=assessor.at.isoformat(),
    )
