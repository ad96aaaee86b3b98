"""The one place where time is read.  Moments are UTC; days are days in China."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_simulated: ContextVar[datetime | None] = ContextVar("simulated", default=None)


def now() -> datetime:
    """The present moment, or the simulated one."""
    return _simulated.get() or datetime.now(UTC)


def is_simulated() -> bool:
    return _simulated.get() is not None


def day_of(moment: datetime) -> date:
    """The calendar day in China on which ``moment`` falls."""
    return moment.astimezone(CHINA).date()


def start_of(day: date, at: time = time.min) -> datetime:
    """The moment at which ``day`` (or ``at`` on it) begins in China."""
    return datetime.combine(day, at, CHINA).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment after ``day``: a deadline day itself is still in time."""
    return start_of(day + timedelta(days=1))


@contextmanager
def simulate(moment: datetime) -> Iterator[None]:
    """Let everything inside believe that it is ``moment``: for demonstration data and tests."""
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)
