"""What stats has heard: each enterprise once, and of every third enterprise a hazard found in the last sixty days."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.generate.copying import copy, execute
from bench.generate.enterprises import Enterprise
from bench.generate.moments import id_at, midnight
from services.kernel import clock

COLUMNS = ["id", "kind", "enterprise_id", "region", "industry", "version", "day", "unit_id", "point_id", "facts"]
DAYS = 60
STATUSES = ("registered", "rectifying", "pending_recheck", "closed", "closed_on_site", "closed")


def rows(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """The contributions of the enterprises numbered from ``first`` up to ``last``."""
    today = clock.day_of(midnight())
    for number in range(first, last):
        one = Enterprise(number)
        place = (one.id, one.region, one.industry, 1)
        yield one.id, "enterprise", *place, None, None, None, {}
        if number % 3 == 0:
            day = today - timedelta(days=number // 3 % DAYS)
            deadline = (day + timedelta(days=15)).isoformat()
            facts = {
                "status": STATUSES[number % 6],
                "major": number % 50 == 0,
                "finished": None,
                "deadline": deadline,
                "approved": deadline,
            }
            yield id_at(-60.0 * number % (DAYS * 86400) - DAYS * 86400, 9, number), "hazard", *place, day, None, None, facts


def load(url: str, first: int, last: int) -> int:
    """Copy the contributions; how many they are."""
    return copy(url, "contribution", COLUMNS, rows(first, last))


def have_all_counted(url: str) -> None:
    """Forget what has been counted, and let everything be counted anew."""
    execute(
        url,
        "TRUNCATE counted, mark, enterprise_figure, region_figure, pending",
        "INSERT INTO pending (kind, id) SELECT kind, id FROM contribution",
        "ANALYZE",
    )
