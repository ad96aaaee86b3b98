"""Who answers for a level, which lists owe a point, and how often it is checked at least."""

from itertools import pairwise, product

import pytest

from services.kernel.errors import Invalid
from services.risk.domain.frequency import MINIMUM, Frequency, Period, is_enough
from services.risk.domain.levels import Level, Tier, is_owed, responsible_tier

TABLE_5_2 = """
red    month 1   week 1    workday 1 day 1   day 2
orange quarter 1 month 1   week 1    day 1   day 1
yellow year 1    quarter 1 month 1   week 1  day 1
blue   year 1    year 1    quarter 1 month 1 week 1
"""


@pytest.mark.parametrize(("level", "lists"), [(Level.RED, 5), (Level.ORANGE, 4), (Level.YELLOW, 3), (Level.BLUE, 2)])
def test_a_point_in_a_post_stands_on_as_many_lists_of_its_chain_as_its_level_demands(level: Level, lists: int) -> None:
    owed = [tier for tier in Tier if is_owed(level, tier, Tier, lies_here=tier == Tier.POST)]

    assert owed == list(Tier)[5 - lists :]


@pytest.mark.parametrize("level", list(Level))
def test_the_unit_in_which_a_point_lies_always_owes_it(level: Level) -> None:
    assert all(is_owed(level, tier, Tier, lies_here=True) for tier in Tier)


@pytest.mark.parametrize(
    ("level", "existing", "tier"),
    [
        (Level.RED, [Tier.ENTERPRISE, Tier.TEAM], Tier.ENTERPRISE),
        (Level.ORANGE, [Tier.ENTERPRISE, Tier.WORKSHOP, Tier.POST], Tier.WORKSHOP),
        (Level.YELLOW, [Tier.ENTERPRISE, Tier.DEPARTMENT, Tier.POST], Tier.POST),
        (Level.YELLOW, [Tier.ENTERPRISE, Tier.DEPARTMENT], Tier.DEPARTMENT),
        (Level.BLUE, [Tier.ENTERPRISE], Tier.ENTERPRISE),
        (Level.BLUE, [Tier.ENTERPRISE, Tier.POST], Tier.POST),
        (Level.BLUE, [], Tier.TEAM),
    ],
)
def test_a_tier_that_is_lacking_is_replaced_by_the_next_below_else_above(level: Level, existing: list, tier: Tier) -> None:
    assert responsible_tier(level, existing) == tier


def test_the_minimum_frequencies_are_those_of_the_table() -> None:
    for row in TABLE_5_2.strip().splitlines():
        level, *cells = row.split()
        for tier, period, times in zip(Tier, cells[::2], cells[1::2], strict=True):
            assert MINIMUM[Level(level)][tier] == Frequency(Period(period), int(times))


@pytest.mark.parametrize(("level", "tier"), list(product(Level, Tier)))
def test_a_line_is_enough_from_the_minimum_on(level: Level, tier: Tier) -> None:
    least = MINIMUM[level][tier]
    weaker = [p for p in Period if p.rank > least.period.rank and p != Period.OPERATION]
    stronger = [p for p in Period if p.rank < least.period.rank]

    assert is_enough(least, level, tier, False)
    assert all(is_enough(Frequency(p), level, tier, False) for p in stronger)
    assert not any(is_enough(Frequency(p), level, tier, False) for p in weaker)


def test_twice_a_day_is_stronger_than_once_and_weaker_than_nothing_else() -> None:
    assert not is_enough(Frequency(Period.DAY, 1), Level.RED, Tier.POST, False)
    assert is_enough(Frequency(Period.DAY, 2), Level.RED, Tier.POST, False)
    assert not is_enough(Frequency(Period.WORKDAY, 7), Level.RED, Tier.POST, False)


def test_periods_are_ordered_before_times() -> None:
    order = [Frequency(Period.DAY, 7), Frequency(Period.DAY), Frequency(Period.WORKDAY, 7), Frequency(Period.WORKDAY)]
    order += [Frequency(Period.WEEK, 4), Frequency(Period.WEEK), Frequency(Period.MONTH), Frequency(Period.QUARTER)]
    order += [Frequency(Period.YEAR), Frequency(Period.OPERATION)]

    assert all(strong.is_at_least(weak) and not weak.is_at_least(strong) for strong, weak in pairwise(order))


@pytest.mark.parametrize(("level", "tier", "is_infrequent"), list(product(Level, Tier, (True, False))))
def test_before_every_operation_is_enough_for_team_and_post_and_infrequent_activities_only(
    level: Level, tier: Tier, is_infrequent: bool
) -> None:
    enough = is_enough(Frequency(Period.OPERATION), level, tier, is_infrequent)

    assert enough == (is_infrequent and tier in (Tier.TEAM, Tier.POST))


@pytest.mark.feature("RSK-16")
@pytest.mark.parametrize(
    ("period", "most"), [("day", 7), ("workday", 7), ("week", 4), ("month", 4), ("quarter", 1), ("year", 1), ("operation", 1)]
)
def test_times_stay_within_the_limit_of_the_period(period: str, most: int) -> None:
    Frequency(Period(period), most)

    for wrong in (0, most + 1):
        with pytest.raises(Invalid) as refused:
            Frequency(Period(period), wrong)
        assert refused.value.code == "frequency.too_many"
