"""``world`` announces and asks; every test begins with nothing counted, on one Monday morning."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from services.kernel import clock, ids
from services.kernel.caller import system
from services.kernel.work import Database
from services.stats.tables import metadata
from tests.service.stats.builders import NOW, World


@pytest.fixture
def cleared(database: Callable[[str], Database]) -> Callable[[], None]:
    def clear() -> None:
        with database("stats").work(system("test"), "test") as work:
            work.next_number("fold")  # As everybody does who changes figures.
            for name in [*metadata.tables, "inbox", "outbox"]:
                work.session.execute(sa.text(f"DELETE FROM {name}"))

    return clear


@pytest.fixture
def world(database: Callable[[str], Database], cleared: Callable[[], None]) -> Iterator[World]:
    cleared()
    with clock.simulate(NOW):
        yield World(database("stats"))


@pytest.fixture
def mine() -> str:
    """The id of an enterprise."""
    return ids.new_id()
