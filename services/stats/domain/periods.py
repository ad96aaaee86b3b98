"""Days, weeks and months, and when their figures are final (rules 5.3, 6)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from services.kernel import clock

# Offline checks count by the device's time when they come within 72 hours; one day more, and nothing can change any more.
FINAL_AFTER = timedelta(hours=96)
ONLINE_WITHIN = timedelta(hours=30 * 24)
EXPIRING_DAYS = 30


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"  # Monday to Sunday.
    MONTH = "month"


def start_of(period: Period, day: date) -> date:
    """The first day of the period in which ``day`` lies."""
    if period == Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == Period.MONTH else day


def end_of(period: Period, day: date) -> date:
    """The last day of the period in which ``day`` lies."""
    first = start_of(period, day)
    if period == Period.WEEK:
        return first + timedelta(days=6)
    if period == Period.MONTH:
        return months_later(first, 1) - timedelta(days=1)
    return day


def months_later(first: date, months: int) -> date:
    """The first day of the month so many months later (or, negative, earlier)."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def is_final(last: date, now: datetime) -> bool:
    """Whether the figures of a period that ends with ``last`` can change no more."""
    return now >= clock.end_of(last) + FINAL_AFTER


def day_of_window(end: datetime) -> date:
    """The day on which a half-open window ends: midnight belongs to the day before."""
    return clock.day_of(end - timedelta(microseconds=1))
