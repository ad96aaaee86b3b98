"""Connections of a service's pool: one that has died while it lay there costs nobody a request."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from services.kernel.work import Database
from services.runtime import settings


@pytest.fixture
def pool(meters: Database) -> Iterator[sa.Engine]:
    engine = sa.create_engine(meters.engine.url, pool_size=3)
    settings._check_the_rested(engine)
    yield engine
    engine.dispose()


def pid(connection: sa.Connection) -> int:
    return int(connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())


def test_a_rested_connection_that_has_died_is_replaced(pool: sa.Engine, meters: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "RESTED", 0.0)
    lying = [pool.connect() for _ in range(3)]
    before = {pid(connection) for connection in lying}
    for connection in lying:
        connection.close()
    with meters.engine.connect() as other:
        for each in before:  # The same role may end its own.
            other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": each})

    with pool.connect() as first, pool.connect() as second:
        assert {pid(first), pid(second)}.isdisjoint(before)


def test_one_that_was_used_just_now_is_not_asked(pool: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(pool.dialect, "do_ping", asked.append)
    pool.connect().close()
    pool.connect().close()

    assert asked == []

    monkeypatch.setattr(settings, "RESTED", 0.0)
    pool.connect().close()

    assert len(asked) == 1
