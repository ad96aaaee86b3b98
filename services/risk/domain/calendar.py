"""Working days: the national calendar with its shifted days, or Monday to Friday while none is published (R11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SATURDAY = 5


@dataclass(frozen=True)
class Year:
    """What differs from Monday to Friday in one published year."""

    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    years: Mapping[int, Year] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        year = self.years.get(day.year)
        if year is not None and (day in year.holidays or day in year.workdays):
            return day in year.workdays
        return day.weekday() < SATURDAY

    def is_published(self, year: int) -> bool:
        return year in self.years


def strays(year: int, holidays: set[date], workdays: set[date]) -> list[date]:
    """Days that do not belong: of another year, a holiday on a weekend, a working day from Monday to Friday."""
    wrong = {day for day in holidays | workdays if day.year != year}
    wrong |= {day for day in holidays if day.weekday() >= SATURDAY}
    return sorted(wrong | {day for day in workdays if day.weekday() < SATURDAY})
