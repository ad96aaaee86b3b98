"""Risk levels, and the five tiers of an enterprise that answer for them (rules 1, R1, R2, R29)."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    RED = "red"  # 重大风险
    ORANGE = "orange"  # 较大风险
    YELLOW = "yellow"  # 一般风险
    BLUE = "blue"  # 低风险


class Tier(StrEnum):
    """From the highest to the lowest."""

    ENTERPRISE = "enterprise"  # 公司（厂矿）级
    DEPARTMENT = "department"  # 部门（专业）级
    WORKSHOP = "workshop"  # 车间级
    TEAM = "team"  # 班组级
    POST = "post"  # 岗位级

    @property
    def rank(self) -> int:
        """0 for the highest tier."""
        return list(Tier).index(self)


RESPONSIBLE = {
    Level.RED: Tier.ENTERPRISE,
    Level.ORANGE: Tier.DEPARTMENT,
    Level.YELLOW: Tier.WORKSHOP,
    Level.BLUE: Tier.TEAM,
}
GRAVE = frozenset({Level.RED, Level.ORANGE})


def responsible_tier(level: Level, existing: Iterable[Tier] = tuple(Tier)) -> Tier:
    """Who answers for a point: the tier of its level, else the nearest one below that the organisation has, else above (R2)."""
    wanted, have = RESPONSIBLE[level], sorted(set(existing), key=lambda tier: tier.rank)
    below = [tier for tier in have if tier.rank >= wanted.rank]
    above = [tier for tier in have if tier.rank < wanted.rank]
    return below[0] if below else above[-1] if above else wanted


def is_owed(level: Level, unit_tier: Tier, existing: Iterable[Tier], lies_here: bool) -> bool:
    """Whether a point in this unit or below it belongs on the unit's list.

    Its responsible tier is the unit's or higher (R1); the unit in which it lies owes it whatever the tier (R29).
    """
    return lies_here or responsible_tier(level, existing).rank <= unit_tier.rank
