"""Rates, periods, places, grades and cells, each by the numbers of the rules."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.errors import Forbidden, Invalid
from services.stats.contract.indicators import BY_CODE
from services.stats.contract.layers import GRADES, LAYERS
from services.stats.domain.buckets import DATED, FLOW, MEASURES, STOCK, TOTAL, Grain, Kind
from services.stats.domain.cells import CLOSED, NOT_DUE, STEPS, cells, marks
from services.stats.domain.images import Contribution, Known, Line, Place, image
from services.stats.domain.periods import Period, day_of_window, end_of, is_final, months_later, start_of
from services.stats.domain.rates import RATES, SUMS, change, derived, difference, ranked, rate
from services.stats.domain.region_grade import DEFAULTS, RegionGrade, colour
from services.stats.queries.maps import PARTS
from services.stats.tables import enterprise_figure, region_figure

HERE, THERE = Place("520102", "GM01"), Place("520302", "GM01")
DAY = date(2026, 6, 15)
FALLING = {"red": 4, "orange": 3, "yellow": 2, "blue": 1}


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(7, 8, "87.50"), (17, 21, "80.95"), (1, 3, "33.33"), (2, 3, "66.67"), (1, 800, "0.13"), (5, 5, "100.00"), (0, 4, "0.00")],
)
def test_rates_have_two_decimals_half_up(part: int, whole: int, expected: str) -> None:
    assert rate(part, whole) == Decimal(expected)


def test_without_a_base_there_is_no_rate() -> None:
    assert (rate(0, 0), change(3, 0), difference(None, Decimal(1)), difference(Decimal(1), None)) == (None,) * 4


def test_every_rate_and_sum_is_an_indicator_made_of_indicators() -> None:
    for code, parts in {**RATES, **SUMS}.items():
        assert {code, *parts} <= BY_CODE.keys()
    assert {code for code, indicator in BY_CODE.items() if indicator.is_rate} == RATES.keys()
    assert BY_CODE.keys() <= derived(dict.fromkeys((*MEASURES, *BY_CODE), 0)).keys()


def test_rollups_have_a_column_for_every_measure() -> None:
    for table in (enterprise_figure, region_figure):
        assert set(MEASURES) <= {column.name for column in table.columns}
    assert len(set(MEASURES)) == len(FLOW) + len(STOCK) + len(DATED)


def test_every_layer_has_parts_and_every_grade_a_name() -> None:
    assert PARTS.keys() == LAYERS.keys()
    assert all(levels.keys() | {"green"} == GRADES.keys() for levels in DEFAULTS.values())


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.DAY, date(2026, 6, 17), date(2026, 6, 17)),
        (Period.WEEK, date(2026, 6, 15), date(2026, 6, 21)),
        (Period.MONTH, date(2026, 6, 1), date(2026, 6, 30)),
    ],
)
def test_periods_begin_and_end_by_the_calendar(period: Period, first: date, last: date) -> None:
    wednesday = date(2026, 6, 17)

    assert (start_of(period, wednesday), end_of(period, wednesday)) == (first, last)


@pytest.mark.parametrize(
    ("months", "expected"), [(1, date(2026, 1, 1)), (-12, date(2024, 12, 1)), (13, date(2027, 1, 1)), (0, date(2025, 12, 1))]
)
def test_months_go_over_years(months: int, expected: date) -> None:
    assert months_later(date(2025, 12, 1), months) == expected


def test_midnight_belongs_to_the_day_before() -> None:
    midnight = clock.end_of(DAY)

    assert day_of_window(midnight) == DAY
    assert day_of_window(midnight + timedelta(microseconds=1)) == DAY + timedelta(days=1)


@pytest.mark.parametrize(("seconds", "final"), [(-1, False), (0, True)])
def test_figures_are_final_96_hours_after_their_last_day(seconds: int, final: bool) -> None:
    assert is_final(DAY, clock.end_of(DAY) + timedelta(hours=96, seconds=seconds)) is final


@pytest.mark.parametrize(
    ("level", "count", "expected"),
    [
        ("county", 0, "green"), ("county", 5, "green"), ("county", 6, "blue"), ("county", 15, "blue"), ("county", 16, "yellow"),
        ("county", 30, "yellow"), ("county", 31, "orange"), ("county", 50, "orange"), ("county", 51, "red"),
        ("prefecture", 30, "green"), ("prefecture", 31, "blue"), ("prefecture", 90, "blue"), ("prefecture", 91, "yellow"),
        ("prefecture", 180, "yellow"), ("prefecture", 181, "orange"), ("prefecture", 300, "orange"), ("prefecture", 301, "red"),
    ],
)  # fmt: skip
def test_colours_follow_the_table_of_thresholds(level: str, count: int, expected: str) -> None:
    assert colour(count, DEFAULTS[level]) == expected


@pytest.mark.parametrize(
    ("thresholds", "may_see", "refusal"),
    [
        ({"red": 3, "orange": 3, "yellow": 2, "blue": 1}, True, Invalid),
        ({"red": 4, "orange": 3, "yellow": 2, "blue": 1}, False, Forbidden),
    ],
)
def test_grades_fall_and_are_set_by_who_sees_everything(
    thresholds: dict[str, int], may_see: bool, refusal: type[Exception]
) -> None:
    grade = RegionGrade("1", "county", "520000", DEFAULTS["county"])

    with pytest.raises(refusal):
        grade.set(thresholds, may_see, datetime(2026, 6, 15, tzinfo=UTC))

    assert grade.thresholds == DEFAULTS["county"]


def test_equal_values_share_a_rank_and_no_base_has_none() -> None:
    assert ranked({"a": Decimal(50), "b": None, "c": Decimal(90), "d": Decimal(50)}) == [
        (1, "c", Decimal(90)), (2, "a", Decimal(50)), (2, "d", Decimal(50)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 5, 1), HERE), (date(2026, 6, 1), HERE), (date(2026, 6, 14), HERE), (DAY, THERE), (date(2026, 7, 1), THERE)],
)
def test_an_enterprise_stands_where_it_stood_at_the_end_of_the_day(day: date, expected: Place) -> None:
    known = Known([(date(2026, 6, 1), HERE), (DAY, THERE)], THERE)

    assert known.place_on(day, Place("520900", "")) == expected


def test_an_unknown_enterprise_stands_where_the_fact_says() -> None:
    assert Known().place_on(DAY, HERE) == HERE


def a_hazard(status: str, **facts: Any) -> dict[str, Any]:
    of = {"status": status, "major": False, "deadline": None, "approved": None, "finished": None} | facts
    return image(Contribution(Kind.HAZARD, "h", "e", HERE, of, DAY, "u"), Known(), [])


@pytest.mark.parametrize("status", ["draft", "cancelled", "downgraded"])
def test_drafts_cancelled_and_downgraded_hazards_count_nowhere(status: str) -> None:
    assert cells(Kind.HAZARD, a_hazard(status, deadline="2026-06-01", approved=None)) == {}


@pytest.mark.parametrize("status", sorted(CLOSED.union(*STEPS.values())))
def test_every_other_hazard_is_found_once_and_open_until_it_is_closed(status: str) -> None:
    found = cells(Kind.HAZARD, a_hazard(status))
    whole = {key.grain: measures for key, measures in found.items() if key.unit_id == TOTAL}

    assert whole[Grain.DAY]["general_count"] == whole[Grain.MONTH]["general_count"] == 1
    assert whole[Grain.DAY]["rectified_count"] == (status in CLOSED)
    assert (Grain.NOW in whole) == (status not in CLOSED)
    assert sum(whole.get(Grain.NOW, Counter())[step] for step in STEPS) == (status not in CLOSED)


@pytest.mark.parametrize("status", ["pending", "done", "done_late", "missed", *sorted(NOT_DUE)])
def test_a_task_is_due_unless_it_is_exempt_or_cancelled(status: str) -> None:
    one = Contribution(Kind.TASK, "t", "e", HERE, {"status": status}, DAY, "u", "p")
    picture = image(one, Known(), [])

    assert {m["due_count"] for m in cells(Kind.TASK, picture).values()} == (set() if status in NOT_DUE else {1})
    assert set(marks(Kind.TASK, picture).values()) == (set() if status in NOT_DUE else {(1, int(status in ("done", "done_late")))})


@pytest.mark.parametrize(
    ("own", "lines", "counted"), [("red", ["orange"], "red_points"), (None, ["orange"], "orange_points"), ("red", [], None)]
)
def test_a_point_counts_by_its_level_while_it_is_on_a_list(own: str | None, lines: list[str], counted: str | None) -> None:
    one = Contribution(Kind.POINT, "p", "e", HERE, {"level": own, "status": "active", "name": "锅炉"})
    picture = image(one, Known(status="active"), [Line("u", level) for level in lines])

    found = [
        name for key, measures in cells(Kind.POINT, picture).items() if key.unit_id == TOTAL for name, n in measures.items() if n
    ]

    assert [name for name in found if name != "red_active"] == ([counted] if counted else [])
    assert ("red_active" in found) == (counted == "red_points")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_contribution_has_its_rule(kind: Kind) -> None:
    facts = {
        "status": "active", "level": "red", "valid_to": "2026-07-01", "major": True, "deadline": None, "approved": None,
        "finished": None, "replied": True,
    }  # fmt: skip
    picture = image(Contribution(kind, "x", "e", HERE, facts, DAY, "u", "p"), Known(here=HERE, status="active"), [Line("u", "red")])

    assert all(key.region == HERE.region for key in cells(kind, picture))
