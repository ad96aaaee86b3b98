"""``desk(caller, "confirm_hazard", hazard_id=…)`` calls the service; ``rows(sql)`` reads past row-level security."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel.caller import system
from services.kernel.work import Database
from tests.service.hazard.builders import Desk, Enterprise


@pytest.fixture
def desk(database: Callable[[str], Database]) -> Desk:
    return Desk(database("hazard"))


@pytest.fixture
def factory(desk: Desk) -> Enterprise:
    """An approved enterprise in 南明."""
    return desk.enterprise()


@pytest.fixture
def rows(desk: Desk) -> Callable[..., list[dict[str, Any]]]:
    def read(sql: str, **parameters: Any) -> list[dict[str, Any]]:
        with desk.database.work(system("test"), "test", read_only=True) as work:
            return [dict(row) for row in work.session.execute(sa.text(sql), parameters).mappings()]

    return read
