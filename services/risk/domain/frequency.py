"""How often a point on a list is checked: limits, strength, and the least that its level demands (rules 5.1, 5.2, R7)."""

from dataclasses import dataclass
from enum import StrEnum

from services.kernel.errors import Invalid
from services.risk.domain.levels import Level, Tier


class Period(StrEnum):
    """From the strongest to the weakest."""

    DAY = "day"  # 每日
    WORKDAY = "workday"  # 每个工作日
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OPERATION = "operation"  # 每次作业前

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Period).index(self)


LONG = frozenset({Period.QUARTER, Period.YEAR})  # They also get a task for the rest of the running window.
DAILY = frozenset({Period.DAY, Period.WORKDAY})
MOST_TIMES = {Period.DAY: 7, Period.WORKDAY: 7, Period.WEEK: 4, Period.MONTH: 4}


@dataclass(frozen=True)
class Frequency:
    period: Period
    times: int = 1

    def __post_init__(self) -> None:
        most = MOST_TIMES.get(self.period, 1)
        if not 1 <= self.times <= most:
            raise Invalid("frequency.too_many", f"{NAMES[self.period]}最多{most}次", period=self.period, times=str(self.times))

    def is_at_least(self, other: "Frequency") -> bool:
        """Whether this is as strong: a stronger period whatever its times, or the same one as often."""
        return (self.period.rank, -self.times) <= (other.period.rank, -other.times)


NAMES = {
    Period.DAY: "每日",
    Period.WORKDAY: "每个工作日",
    Period.WEEK: "每周",
    Period.MONTH: "每月",
    Period.QUARTER: "每季度",
    Period.YEAR: "每年",
    Period.OPERATION: "每次作业前",
}


def _row(*texts: str) -> dict[Tier, Frequency]:
    pairs = [text.split(" ") for text in texts]
    return {tier: Frequency(Period(period), int(times)) for tier, (period, times) in zip(Tier, pairs, strict=True)}


MINIMUM = {
    Level.RED: _row("month 1", "week 1", "workday 1", "day 1", "day 2"),
    Level.ORANGE: _row("quarter 1", "month 1", "week 1", "day 1", "day 1"),
    Level.YELLOW: _row("year 1", "quarter 1", "month 1", "week 1", "day 1"),
    Level.BLUE: _row("year 1", "year 1", "quarter 1", "month 1", "week 1"),
}


def is_enough(frequency: Frequency, level: Level, tier: Tier, is_infrequent_activity: bool) -> bool:
    """Whether a line reaches the minimum of its level and tier.

    Before every operation is enough for team and post only, and only for an activity done weekly or less often (R7).
    """
    if frequency.period == Period.OPERATION:
        return tier in (Tier.TEAM, Tier.POST) and is_infrequent_activity
    return frequency.is_at_least(MINIMUM[level][tier])
