"""The tables of the three assessment methods (rules 2.1 to 2.3), in decimals: 3 and 3.0 are the same parameter."""

from dataclasses import dataclass
from decimal import Decimal

from services.risk.domain.levels import Level


def _values(*texts: str) -> frozenset[Decimal]:
    return frozenset(Decimal(t) for t in texts)


@dataclass(frozen=True)
class Band:
    """Values from ``lowest`` on (inclusive) up to the next band's."""

    lowest: Decimal
    grade: str
    level: Level


@dataclass(frozen=True)
class Column:
    """One way of telling a severity: a score itself, or an amount (万元) with the lowest amount of each score."""

    scores: frozenset[Decimal] = frozenset()
    amounts: tuple[tuple[Decimal, Decimal], ...] = ()
    is_bound_inclusive: bool = True


@dataclass(frozen=True)
class Method:
    """``parameters`` are multiplied; ``severity`` may be told by the highest of ``columns`` instead."""

    parameters: dict[str, frozenset[Decimal]]
    bands: tuple[Band, ...]
    severity: str | None = None
    columns: dict[str, Column] | None = None


def _band(lowest: str, grade: str, level: Level) -> Band:
    return Band(Decimal(lowest), grade, level)


def _amounts(*pairs: tuple[str, str]) -> tuple[tuple[Decimal, Decimal], ...]:
    return tuple((Decimal(bound), Decimal(score)) for bound, score in pairs)


LEC = Method(
    parameters={
        "L": _values("10", "6", "3", "1", "0.5", "0.2", "0.1"),
        "E": _values("10", "6", "3", "2", "1", "0.5"),
        "C": _values("100", "40", "15", "7", "3", "1"),
    },
    bands=(
        _band("320", "极其危险，不能继续作业", Level.RED),
        _band("160", "高度危险，需立即整改", Level.ORANGE),
        _band("70", "显著危险，需要整改", Level.YELLOW),
        _band("20", "一般危险，需要注意", Level.BLUE),
        _band("0", "稍有危险，可以接受", Level.BLUE),
    ),
)
_ONE_TO_FIVE = _values("1", "2", "3", "4", "5")
LS = Method(
    parameters={"L": _ONE_TO_FIVE, "S": _ONE_TO_FIVE},
    bands=(
        _band("20", "重大风险", Level.RED),
        _band("15", "较大风险", Level.ORANGE),
        _band("9", "一般风险", Level.YELLOW),
        _band("1", "低风险", Level.BLUE),
    ),
    severity="S",
    columns={
        "law": Column(_ONE_TO_FIVE),
        "people": Column(_ONE_TO_FIVE),
        # More than 50, 25, 10; up to 10; none (R3).
        "loss": Column(amounts=_amounts(("50", "5"), ("25", "4"), ("10", "3"), ("0", "2")), is_bound_inclusive=False),
        "stoppage": Column(_ONE_TO_FIVE),
        "image": Column(_ONE_TO_FIVE),
    },
)
MES = Method(
    parameters={"M": _values("5", "3", "1"), "E": _values("10", "6", "3", "2", "1", "0.5"), "S": _values("10", "8", "4", "2", "1")},
    bands=(
        _band("180", "一级", Level.RED),
        _band("90", "二级", Level.ORANGE),
        _band("50", "三级", Level.YELLOW),
        _band("20", "四级", Level.BLUE),
        _band("0", "五级", Level.BLUE),
    ),
    severity="S",
    columns={
        "people": Column(_values("10", "8", "4", "2", "1")),
        "disease": Column(_values("8", "4", "2", "1")),
        # A bound belongs to the higher row (R3).
        "property": Column(amounts=_amounts(("1000", "10"), ("100", "8"), ("10", "4"), ("1", "2"))),
        "environment": Column(_values("10", "8", "4", "2", "1")),
    },
)
METHODS = {"LEC": LEC, "LS": LS, "MES": MES}
LOWEST_SCORE = Decimal(1)
