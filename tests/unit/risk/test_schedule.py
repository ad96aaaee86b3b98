"""When lines are due: windows, the first task after filing, splits, shifted days; and properties that hold for any line."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.risk.domain.calendar import Calendar, Year, strays
from services.risk.domain.frequency import MOST_TIMES, Period
from services.risk.domain.schedule import CHINA, Due, Ending, Plan, Split, due_on, minutes
from tests.unit.risk.builders import a_plan

PLAIN = Calendar()
CHINA_2026 = Calendar({2026: Year(frozenset({date(2026, 10, 1)}), frozenset({date(2026, 10, 10)}))})


def span(plan: Plan, day: date, calendar: Calendar = PLAIN) -> list[tuple[str, str]]:
    found = due_on(plan, day, calendar)
    return [(d.window.start.strftime("%m-%d %H:%M"), d.window.end.strftime("%m-%d %H:%M")) for d in found]


def first_after(plan: Plan) -> date:
    day = plan.filed_on
    while not due_on(plan, day, PLAIN):
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize(
    ("period", "first", "end"),
    [
        ("day", date(2026, 11, 25), "2026-11-26"),
        ("workday", date(2026, 11, 25), "2026-11-26"),
        ("week", date(2026, 11, 30), "2026-12-07"),
        ("month", date(2026, 12, 1), "2027-01-01"),
        ("quarter", date(2027, 1, 1), "2027-04-01"),
        ("year", date(2027, 1, 1), "2028-01-01"),
    ],
)
def test_a_list_filed_on_a_day_makes_tasks_from_the_next_window(period: str, first: date, end: str) -> None:
    plan = a_plan(period, filed_on=date(2026, 11, 24))

    assert first_after(plan) == first
    assert due_on(plan, first, PLAIN)[0].window.end.strftime("%Y-%m-%d %H:%M") == f"{end} 00:00"


@pytest.mark.parametrize(("period", "end"), [("quarter", "01-01 00:00"), ("year", "01-01 00:00")])
def test_year_and_quarter_lines_also_get_the_rest_of_the_running_window(period: str, end: str) -> None:
    plan = a_plan(period, filed_on=date(2026, 11, 24), has_rest_window=True)

    assert span(plan, date(2026, 11, 25)) == [("11-25 00:00", end)]
    assert span(plan, date(2026, 11, 26)) == []
    assert span(plan, date(2027, 1, 1)) != []


def test_a_rest_window_that_is_a_whole_window_is_made_once() -> None:
    plan = a_plan("year", filed_on=date(2026, 12, 31), has_rest_window=True)

    assert len(due_on(plan, date(2027, 1, 1), PLAIN)) == 1


def test_nothing_is_due_before_every_operation() -> None:
    assert not any(due_on(a_plan("operation"), date(2026, 11, 1) + timedelta(days=n), PLAIN) for n in range(400))


def test_workdays_follow_the_published_calendar_and_else_monday_to_friday() -> None:
    plan = a_plan("workday", filed_on=date(2026, 9, 1))

    assert span(plan, date(2026, 10, 1), CHINA_2026) == []  # A Thursday in the holidays.
    assert span(plan, date(2026, 10, 10), CHINA_2026) != []  # A Saturday to be worked.
    assert span(plan, date(2026, 10, 1)) != []
    assert span(plan, date(2026, 10, 10)) == []
    assert not CHINA_2026.is_published(2027) and CHINA_2026.is_workday(date(2027, 10, 1))


def test_a_calendar_names_days_that_do_not_belong() -> None:
    wrong = strays(2026, {date(2026, 10, 3), date(2025, 10, 1)}, {date(2026, 10, 8), date(2026, 10, 10)})

    assert wrong == [date(2025, 10, 1), date(2026, 10, 3), date(2026, 10, 8)]


def test_an_even_split_cuts_the_span_into_equal_windows_to_the_minute() -> None:
    plan = a_plan("day", 3, split=Split.EVEN, span_start=minutes("08:00"), span_end=minutes("18:00"))

    assert span(plan, date(2026, 11, 24)) == [
        ("11-24 08:00", "11-24 11:20"),
        ("11-24 11:20", "11-24 14:40"),
        ("11-24 14:40", "11-24 18:00"),
    ]


def test_a_span_over_midnight_belongs_to_the_day_on_which_it_starts() -> None:
    plan = a_plan("day", 2, split=Split.EVEN, span_start=minutes("20:00"), span_end=minutes("08:00"))

    assert span(plan, date(2026, 11, 24)) == [("11-24 20:00", "11-25 02:00"), ("11-25 02:00", "11-25 08:00")]


@pytest.mark.parametrize(("period", "day"), [("day", 24), ("week", 23), ("month", 1)])
def test_several_times_share_one_window_unless_split(period: str, day: int) -> None:
    found = due_on(a_plan(period, 4, filed_on=date(2026, 10, 31)), date(2026, 11, day), PLAIN)

    assert len({d.window for d in found}) == 1
    assert [d.sequence for d in found] == [1, 2, 3, 4]
    assert len({d.id for d in found}) == 4


def test_a_superseded_list_keeps_what_has_begun_and_makes_nothing_later() -> None:
    plan = a_plan("day", ended_on=date(2026, 11, 24), ending=Ending.SUPERSEDED)

    assert due_on(plan, date(2026, 11, 24), PLAIN) and not due_on(plan, date(2026, 11, 25), PLAIN)


def test_a_withdrawn_list_keeps_only_windows_that_end_with_the_day() -> None:
    ended = {"ended_on": date(2026, 11, 23), "ending": Ending.WITHDRAWN}  # A Monday.

    assert due_on(a_plan("day", **ended), date(2026, 11, 23), PLAIN)
    assert not due_on(a_plan("week", **ended), date(2026, 11, 23), PLAIN)


def test_a_task_id_is_a_uuid7_of_the_window_start() -> None:
    due = due_on(a_plan("day"), date(2026, 11, 24), PLAIN)[0]

    made = UUID(due.id)

    assert made.version == 7 and made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(datetime(2026, 11, 24, tzinfo=CHINA).timestamp() * 1000)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    period = draw(st.sampled_from(list(Period)))
    start = draw(st.integers(0, 1439))
    length = draw(st.integers(7, 1440))
    return Plan(
        list_id=draw(st.uuids(version=4).map(str)),
        line_id=draw(st.uuids(version=4).map(str)),
        period=period,
        times=draw(st.integers(1, MOST_TIMES.get(period, 1))),
        filed_on=draw(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
        split=draw(st.sampled_from(list(Split))),
        span_start=start,
        span_end=(start + length) % 1440,
        has_rest_window=draw(st.booleans()),
    )


def year_of(plan: Plan, days: int = 370) -> list[Due]:
    return [due for n in range(1, days) for due in due_on(plan, plan.filed_on + timedelta(days=n), PLAIN)]


@settings(max_examples=25, deadline=None)
@given(plans())
def test_a_year_of_any_line_is_repeatable_without_overlap_and_as_full_as_the_line_says(plan: Plan) -> None:
    year = year_of(plan)

    assert len({due.id for due in year}) == len(year)
    assert year[: len(again := year_of(plan, 40))] == again
    windows = sorted({(due.window.start, due.window.end) for due in year})
    assert all(start < end for start, end in windows)
    assert all(before[1] <= after[0] for before, after in pairwise(windows))
    assert set(Counter(_share(plan, due) for due in year).values()) <= {_tasks_of_a_share(plan)}


def _share(plan: Plan, due: Due) -> date | datetime:
    """What one line's tasks are counted by: the day, or the window where a day is divided."""
    return due.window.start.date() if plan.split == Split.COUNT else due.window.start


def _tasks_of_a_share(plan: Plan) -> int:
    return plan.times if plan.split == Split.COUNT or plan.period not in (Period.DAY, Period.WORKDAY) else 1


@settings(max_examples=40, deadline=None)
@given(plans(), st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_a_day_between_first_window_and_end_lies_in_exactly_one_window_of_an_undivided_line(plan: Plan, day: date) -> None:
    if plan.period in (Period.OPERATION, Period.WORKDAY) or plan.split == Split.EVEN:
        return
    found = year_of(plan)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
    if not found or not found[0].window.start <= noon < found[-1].window.start:
        return

    assert len({due.window for due in found if due.window.holds(noon)}) == 1
