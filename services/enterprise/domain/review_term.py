"""The term for reviews: five working days, after which the review is late; lateness shows and never refuses."""

from collections.abc import Callable
from datetime import date, timedelta

REVIEW_WORKDAYS = 5  # Chosen by the platform: no law fixes it.


def due_day(submitted_on: date, is_workday: Callable[[date], bool]) -> date:
    """The last day in time: the fifth working day after the day of submission."""
    day, left = submitted_on, REVIEW_WORKDAYS
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day
