"""What measures a level demands before a point is published."""

from itertools import combinations

import pytest

from services.risk.domain.levels import Level
from services.risk.domain.measures import Kind, joined, missing_kinds, needed_kinds, shortcomings
from tests.unit.risk.builders import KINDS, a_factor


@pytest.mark.feature("RSK-04")
@pytest.mark.parametrize("level", [Level.RED, Level.ORANGE])
@pytest.mark.parametrize("absent", KINDS)
def test_red_and_orange_need_all_five_kinds(level: Level, absent: str) -> None:
    assert missing_kinds(level, set(Kind)) == []
    assert len(missing_kinds(level, set(Kind) - {Kind(absent)})) == 1


def test_yellow_needs_engineering_or_management_and_emergency() -> None:
    for size in range(6):
        for kinds in combinations(Kind, size):
            enough = Kind.EMERGENCY in kinds and (Kind.ENGINEERING in kinds or Kind.MANAGEMENT in kinds)

            assert (missing_kinds(Level.YELLOW, set(kinds)) == []) == enough


@pytest.mark.parametrize("kind", KINDS)
def test_blue_needs_any_one(kind: str) -> None:
    assert missing_kinds(Level.BLUE, {Kind(kind)}) == []
    assert missing_kinds(Level.BLUE, set()) != []


@pytest.mark.parametrize("level", Level)
def test_what_a_level_is_said_to_need_is_what_it_needs(level: Level) -> None:
    for size in range(6):
        for kinds in combinations(Kind, size):
            lacking = [group for group in needed_kinds(level) if not set(group) & set(kinds)]

            assert len(missing_kinds(level, set(kinds))) == len(lacking)


@pytest.mark.feature("RSK-04")
def test_each_factor_needs_a_measure_of_its_own() -> None:
    found = shortcomings(Level.BLUE, [a_factor("management"), a_factor(description="照明不足")])

    assert found == ["危害因素“照明不足”没有控制措施"]


def test_measures_are_joined_once_each_in_the_order_of_preference() -> None:
    twice = [*a_factor("ppe", "engineering")["measures"], *a_factor("engineering")["measures"]]

    assert [m["kind"] for m in joined(twice)] == ["engineering", "ppe"]
