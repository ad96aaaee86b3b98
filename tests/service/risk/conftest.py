"""``world`` calls the service as somebody of an enterprise made for the test; ``rows(sql)`` reads past row-level security."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel.caller import system
from services.kernel.work import Database
from tests.service.risk.builders import Desk, World


@pytest.fixture
def desk(database: Callable[[str], Database]) -> Desk:
    return Desk(database("risk"))


@pytest.fixture
def world(desk: Desk) -> World:
    """A running enterprise in 云岩区 with a root, a workshop and a team."""
    return World.made(desk)


@pytest.fixture
def rows(desk: Desk) -> Callable[..., list[dict[str, Any]]]:
    def read(sql: str, **parameters: Any) -> list[dict[str, Any]]:
        with desk.database.work(system("test"), "test", read_only=True) as work:
            return [dict(row) for row in work.session.execute(sa.text(sql), parameters).mappings()]

    return read
