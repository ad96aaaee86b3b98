"""Working days of the national calendar, shifted ones included."""

from datetime import date

import chinese_calendar  # type: ignore[import-untyped]


def is_workday(day: date) -> bool:
    """A year without a published calendar counts Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
