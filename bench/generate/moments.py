"""Time for generated rows: seconds from the start of the run's day, and ids that hold a moment and a number."""

from datetime import UTC, datetime, timedelta
from functools import cache

from services.kernel import clock


@cache
def midnight() -> datetime:
    """The start of today in China: what is generated is the same all day, and the next day it is a day younger."""
    return clock.start_of(clock.day_of(clock.now())).astimezone(UTC)


def moment(seconds: float) -> datetime:
    """So many seconds after midnight; before it when negative."""
    return midnight() + timedelta(seconds=seconds)


def id_at(seconds: float, kind: int, number: int) -> str:
    """A UUIDv7 of that moment; ``kind`` and ``number`` take the place of chance."""
    milliseconds = int((midnight().timestamp() + seconds) * 1000)
    head, tail = f"{milliseconds:012x}", f"{number:012x}"
    return f"{head[:8]}-{head[8:]}-7{kind:03x}-8000-{tail}"
