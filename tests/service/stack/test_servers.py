"""Real servers of a place of their own: started, killed, started again with their data."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from deploy.local import servers
from deploy.local.databases import Databases
from deploy.local.place import CHECKOUT, Place

pytestmark = pytest.mark.skipif(any(map(servers.elsewhere, servers.ALL)), reason="the servers are somebody else's")
NAMES = ("postgres", "redis")


@pytest.fixture
def own() -> Iterator[Place]:
    place = Place(CHECKOUT / ".stack" / f"trial-{os.getpid()}")
    yield place
    servers.stop(place)
    place.remove()


def test_a_second_start_finds_the_data_of_the_first(own: Place) -> None:
    first = servers.start(own, NAMES)
    execute(first["postgres"], "CREATE TABLE kept (x int)")
    servers.stop(own)

    second = servers.start(own, NAMES)

    assert second == first
    execute(second["postgres"], "SELECT * FROM kept")


def test_servers_come_back_after_kill_9(own: Place) -> None:
    addresses = servers.start(own, NAMES)
    execute(addresses["postgres"], "CREATE TABLE kept (x int)")
    for name in NAMES:
        servers.KINDS[name](own).daemon.send(signal.SIGKILL)

    again = servers.start(own, NAMES)

    execute(again["postgres"], "SELECT * FROM kept")
    assert redis.Redis.from_url(again["redis"]).ping()


def test_nobody_enters_without_the_password(own: Place) -> None:
    addresses = servers.start(own, NAMES)

    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        execute(addresses["postgres"].replace(own.secret("postgres"), "guess"), "SELECT 1")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(addresses["redis"].replace(own.secret("redis"), "guess")).ping()


def test_a_secret_file_is_for_its_owner_alone(own: Place) -> None:
    servers.start(own, NAMES)

    readable = [path for path in Path(own.root).rglob("*") if path.is_file() and path.stat().st_mode & 0o004 and not is_lock(path)]

    assert [path for path in readable if own.secret("postgres") in path.read_text("utf-8", "replace")] == []


def test_the_application_may_not_change_structure(own: Place) -> None:
    databases = Databases(own, servers.start(own, ["postgres"])["postgres"], "trial_")
    addresses = databases.prepare("hazard")

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        execute(addresses.url, "CREATE TABLE mine (x int)")
    execute(addresses.owner_url, "CREATE TABLE ours (x int)")


def is_lock(path: Path) -> bool:
    return path.stat().st_size == 0


def execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
