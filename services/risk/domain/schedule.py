"""When a list line is due: half-open windows in China's time, and the tasks of a day (rules 5.3, R8 to R10, R30)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from services.risk.domain.calendar import Calendar
from services.risk.domain.frequency import DAILY, LONG, Period

CHINA = ZoneInfo("Asia/Shanghai")
DAY_MINUTES = 24 * 60


class Split(StrEnum):
    COUNT = "count"  # Any time that day.
    EVEN = "even"  # Equal windows in the working span.


class Ending(StrEnum):
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Window:
    """From ``start`` up to and without ``end``."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class Plan:
    """The part of a filed line that tells when it is due."""

    list_id: str
    line_id: str
    period: Period
    times: int
    filed_on: date
    split: Split = Split.COUNT
    span_start: int = 0  # Minutes after midnight.
    span_end: int = DAY_MINUTES
    has_rest_window: bool = False  # A year or quarter line that also gets the rest of the running window.
    ended_on: date | None = None
    ending: Ending | None = None


@dataclass(frozen=True)
class Due:
    """One task to be made; its id follows from its key, so that making it again makes nothing."""

    id: str
    window: Window
    sequence: int


def minutes(clock: str) -> int:
    """Minutes after midnight of ``08:30``; ``24:00`` is the end of the day."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def task_id(list_id: str, line_id: str, start: datetime, sequence: int) -> str:
    """A UUIDv7 of the window's start whose random part is the digest of the key: list version, line, start, sequence."""
    key = f"{list_id}/{line_id}/{start.isoformat()}/{sequence}".encode()
    bits = int.from_bytes(hashlib.sha256(key).digest()[:10], "big") >> 6
    milliseconds = int(start.timestamp() * 1000)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits & (1 << 62) - 1))


def due_on(plan: Plan, day: date, calendar: Calendar) -> list[Due]:
    """The tasks whose window starts on ``day``: from the day after filing, up to the day on which the list ended."""
    if day <= plan.filed_on or (plan.ended_on is not None and day > plan.ended_on):
        return []
    found = [
        Due(task_id(plan.list_id, plan.line_id, window.start, number), window, number)
        for number, window in enumerate(_windows(plan, day, calendar), start=1)
    ]
    if plan.ending == Ending.WITHDRAWN and plan.ended_on is not None:
        found = [due for due in found if due.window.end <= _midnight(plan.ended_on + timedelta(days=1))]
    return found


def _windows(plan: Plan, day: date, calendar: Calendar) -> Iterator[Window]:
    if plan.period == Period.OPERATION or (plan.period == Period.WORKDAY and not calendar.is_workday(day)):
        return
    if plan.period in DAILY:
        yield from day_windows(day, plan.times, plan.split, plan.span_start, plan.span_end)
    elif first_day(plan.period, day) == day or _is_rest(plan, day):
        window = Window(_midnight(day), _midnight(next_first_day(plan.period, day)))
        yield from [window] * plan.times


def _is_rest(plan: Plan, day: date) -> bool:
    return plan.has_rest_window and plan.period in LONG and day == plan.filed_on + timedelta(days=1)


def first_day(period: Period, day: date) -> date:
    """The first day of the week, month, quarter or year around ``day``."""
    if period == Period.WEEK:
        return day - timedelta(days=day.weekday())
    if period == Period.MONTH:
        return day.replace(day=1)
    if period == Period.QUARTER:
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year, 1, 1)


def next_first_day(period: Period, day: date) -> date:
    """The first day of the next week, month, quarter or year."""
    if period == Period.WEEK:
        return first_day(period, day) + timedelta(days=7)
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[period]
    start = first_day(period, day)
    total = start.year * 12 + start.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def day_windows(day: date, times: int, split: Split, span_start: int, span_end: int) -> Iterator[Window]:
    """``times`` windows of one day: the whole day each, or equal parts of the span with borders cut to the minute.

    A span over midnight belongs to the day on which it starts.
    """
    if split == Split.COUNT:
        yield from [Window(_midnight(day), _midnight(day + timedelta(days=1)))] * times
        return
    length = span_end - span_start if span_end > span_start else span_end + DAY_MINUTES - span_start
    borders = [span_start + length * part // times for part in range(times + 1)]
    for start, end in pairwise(borders):
        yield Window(_at(day, start), _at(day, end))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CHINA)


def _at(day: date, minute: int) -> datetime:
    return _midnight(day) + timedelta(minutes=minute)
