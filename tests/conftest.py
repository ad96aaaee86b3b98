"""Servers for the tests: those of ``make stack`` when they run, else started for this session and stopped by the last one out."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from xdist.scheduler import LoadScopeScheduling

from deploy.local import servers
from deploy.local.__main__ import TEST
from deploy.local.databases import Addresses, Databases
from deploy.local.keys import new_sealing_keys
from deploy.local.place import Place

os.environ.setdefault("SEALING_KEYS", new_sealing_keys())  # As a process of the platform is told; of this session alone.
PREFIX = "test_"
TESTS = Path(__file__).parent
# Folders whose tests share what is dear to put up: one process has each of them.  What takes longest is begun first.
TOGETHER = ("browser/government", "browser/enterprise", "browser", "chaos", "service/strangers", "e2e", "service/demo")


def group_of(file: Path) -> str:
    """Tests of one group share a process; every other file is a group of its own."""
    return next((folder for folder in TOGETHER if file.is_relative_to(folder)), str(file))


class Groups(LoadScopeScheduling):
    """Gives whole groups to processes."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(Path(nodeid.partition("::")[0]).relative_to(TESTS.name))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups:
    return Groups(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {folder: place for place, folder in enumerate(TOGETHER)}
    items.sort(key=lambda item: rank.get(group_of(item.path.relative_to(TESTS)), len(rank)))


@contextmanager
def in_use(place: Place) -> Iterator[None]:
    """While any session is inside, the servers stay; the last one out stops those that nobody asked to keep."""
    with (place.root / "sessions").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        try:
            yield
        finally:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if not place.recorded("tests").get("keep"):
                servers.stop(place)


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """Where the servers of the tests live."""
    place = Place(TEST, throwaway=True)
    with in_use(place):
        yield place


@pytest.fixture(scope="session")
def databases(place: Place) -> Iterator[Databases]:
    """The PostgreSQL of the tests; databases of sessions that died are dropped first, ours at the end."""
    found = Databases(place, servers.start(place, ["postgres"])["postgres"], PREFIX)
    for name in found.names(PREFIX):
        if (owner := name.removeprefix(PREFIX).partition("_")[0]).isdigit() and not Path(f"/proc/{owner}").exists():
            found.drop(name)
    yield found
    for name in found.names(f"{PREFIX}{os.getpid()}_"):
        found.drop(name)


@pytest.fixture(scope="session")
def addresses(databases: Databases) -> Callable[[str], Addresses]:
    """``addresses("hazard")``: a freshly migrated database of that service, one a session."""
    made: dict[str, Addresses] = {}

    def of(service: str) -> Addresses:
        if service not in made:
            made[service] = databases.copy(service, f"{PREFIX}{os.getpid()}_{service}")
        return made[service]

    return of


@pytest.fixture(scope="session")
def owner_engine(addresses: Callable[[str], Addresses]) -> Iterator[Callable[[str], sa.Engine]]:
    """``owner_engine("hazard")``: the same database as its owner, who may look into the catalogue of the database."""
    engines: dict[str, sa.Engine] = {}

    def of(service: str) -> sa.Engine:
        if service not in engines:
            engines[service] = sa.create_engine(addresses(service).owner_url)
        return engines[service]

    yield of
    for engine in engines.values():
        engine.dispose()


@pytest.fixture(scope="session")
def redis_url(place: Place, worker_id: str) -> str:
    """Each process of a run has a database of Redis to itself: what it puts down there nobody else picks up."""
    number = "".join(one for one in worker_id if one.isdigit()) or "0"
    return urlsplit(servers.start(place, ["redis"])["redis"])._replace(path=f"/{int(number) % 16}").geturl()
