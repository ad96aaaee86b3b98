"""Two databases of made-up services: one owns meters, the other keeps copies of them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.local.databases import Databases
from services.kernel import ids
from services.kernel.caller import Caller, system
from services.kernel.event import Event
from services.kernel.outbox import Relay
from services.kernel.tables import outbox
from services.kernel.work import Database
from tests.callers import enterprise_user
from tests.conftest import PREFIX
from tests.service.kernel import meter

RIGHTS = ("meter.write", "meter.read")


def _database(databases: Databases, source: str, table: str) -> Iterator[Database]:
    addresses = databases.copy("enterprise", f"{PREFIX}{os.getpid()}_{source}")
    owner = sa.create_engine(addresses.owner_url)
    with owner.begin() as connection:
        role = sa.make_url(addresses.url).username
        connection.execute(sa.text(meter.CREATE.format(name=table) + f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"))
    owner.dispose()
    engine = sa.create_engine(addresses.url, pool_size=10, max_overflow=10)
    yield Database(engine, f"520000/{source}")
    engine.dispose()


@pytest.fixture(scope="session")
def meters(databases: Databases) -> Iterator[Database]:
    """The database that owns meters."""
    yield from _database(databases, "meter", "meter")


@pytest.fixture(scope="session")
def copies(databases: Databases) -> Iterator[Database]:
    """The database that keeps copies."""
    yield from _database(databases, "copies", "meter_copy")


@dataclass
class Desk:
    """Calls the owning service, and looks past the scopes."""

    meters: Database

    def __call__(self, caller: Caller, operation: str, key: str | None = None, /, **args: Any) -> Any:
        return meter.METERS.call(self.meters, operation, args, caller, key)

    def installed(self, region: str = "520102") -> tuple[str, Caller]:
        """A meter of an enterprise of its own, and somebody of that enterprise."""
        owner = enterprise_user(ids.new_id(), region, *RIGHTS)
        made = self(owner, "install_meter", enterprise_id=owner.enterprise_id, region=region)
        return made["id"], owner

    def announced(self, subject: str) -> list[Event]:
        """What has been announced of a meter, oldest first, numbered or not."""
        query = sa.select(outbox).where(outbox.c.subject == subject).order_by(outbox.c.position)
        with self.meters.work(system("test"), "test", read_only=True) as work:
            rows = work.session.execute(query).mappings()
            return [Event.from_mapping({**row, "source": self.meters.source}) for row in rows]


@pytest.fixture
def desk(meters: Database) -> Desk:
    return Desk(meters)


@pytest.fixture
def rows() -> Callable[..., list[dict[str, Any]]]:
    """``rows(database, sql, name=value)`` reads past row-level security."""

    def read(database: Database, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        with database.work(system("test"), "test", read_only=True) as work:
            return [dict(row) for row in work.session.execute(sa.text(sql), parameters).mappings()]

    return read


@pytest.fixture
def sent(meters: Database) -> list[Event]:
    """Everything announced so far, as the relay published it; the list goes on filling while the test relays."""
    events: list[Event] = []
    relay = Relay(meters, events.extend, "test")
    while relay.step():
        pass
    return events
