"""Store first: what the broker delivers is kept before it is acknowledged, and what can never be kept is parked."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from kombu import Connection

from deploy.local.databases import Addresses
from services.kernel import ids
from services.kernel.event import Event
from services.runtime.bus import Publisher, prepare
from tests.service.kernel.meter import COPIES

SECONDS = 30


class Listener:
    """The process, its broker and its database."""

    def __init__(self, addresses: Addresses, amqp_url: str, redis_url: str) -> None:
        self.amqp_url = amqp_url
        self._env = os.environ | {"DATABASE_URL": addresses.url, "AMQP_URL": amqp_url, "REDIS_URL": redis_url}
        self.owner = sa.create_engine(addresses.owner_url)
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.contract.runtime.listener"]
        self.process = subprocess.Popen(command, env=self._env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None and self.process.stdout.readline() == "ready\n"

    def end(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait(20)

    def stored(self, events: list[Event]) -> list[str]:
        with self.owner.connect() as connection:
            query = sa.text("SELECT id::text FROM inbox WHERE id::text = ANY(:ids)")
            return sorted(connection.execute(query, {"ids": [e.id for e in events]}).scalars())

    def waits_for(self, events: list[Event]) -> None:
        until(lambda: self.stored(events) == sorted(e.id for e in events))

    def length(self, queue: str) -> int:
        """Messages in a queue that nobody has taken."""
        with Connection(self.amqp_url) as connection:
            return int(connection.channel().queue_declare(queue, passive=True).message_count)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "the condition never came true"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def listener(addresses: Callable[[str], Addresses], redis_url: str, amqp_url: str) -> Iterator[Listener]:
    found = Listener(addresses("enterprise"), amqp_url, redis_url)
    yield found
    found.end()
    found.owner.dispose()


@pytest.fixture
def publish(listener: Listener) -> Iterator[Callable[[list[Event]], None]]:
    publisher = Publisher(listener.amqp_url, "meter")
    yield publisher
    publisher.close()


def some(count: int, **fields: Any) -> list[Event]:
    def one(number: int) -> Event:
        body: dict[str, Any] = {
            "id": ids.new_id(), "source": "520000/meter", "type": "meter.read.v1", "subject": ids.new_id(), "region": "520102",
            "time": datetime.now(UTC), "data": {"state": {}, "fact": {}}, "actor": "tester", "epoch": 1, "sequence": number,
        }  # fmt: skip
        return Event(**body | fields)

    return [one(number) for number in range(1, count + 1)]


def test_every_published_event_is_stored_once(listener: Listener, publish: Any) -> None:
    events = some(250)

    publish(events)
    publish(events[:50])

    listener.waits_for(events)
    until(lambda: listener.length("inbox.copies") == 0)
    assert len(listener.stored(events)) == 250


def test_a_listener_that_has_never_run_misses_nothing_once_its_queue_was_prepared(listener: Listener, publish: Any) -> None:
    late = copy(COPIES)
    late.name = "late"
    prepare(listener.amqp_url, late)

    publish(some(3))

    assert listener.length("inbox.late") == 3


def test_storage_that_is_away_for_a_while_loses_nothing(listener: Listener, publish: Any) -> None:
    events = some(20)

    with away(listener.owner):
        publish(events)
        until(lambda: listener.length("inbox.copies") < 20)  # It has taken some, and holds them.

    listener.waits_for(events)


@contextmanager
def away(owner: sa.Engine) -> Iterator[None]:
    for names in (("inbox", "inbox_away"), ("inbox_away", "inbox")):
        with owner.begin() as connection:
            connection.execute(sa.text("ALTER TABLE {} RENAME TO {}".format(*names)))
        if names[1] == "inbox_away":
            yield


def test_a_listener_killed_in_the_middle_loses_nothing(listener: Listener, publish: Any) -> None:
    events = some(300)

    publish(events)
    listener.end(signal.SIGKILL)
    listener.start()

    listener.waits_for(events)


@pytest.mark.feature("SEC-42")
@pytest.mark.parametrize("field", [{"id": "no-uuid"}, {"sequence": "many"}, {"time": None}, {"subject": "a\0b"}, {"subject": 7}])
def test_what_can_never_be_stored_is_parked_and_holds_up_nobody(listener: Listener, publish: Any, field: dict[str, Any]) -> None:
    before = listener.length("parked")
    good = some(3)

    publish(some(1, **field))
    publish(good)

    listener.waits_for(good)
    until(lambda: listener.length("parked") == before + 1)


@pytest.mark.feature("SEC-42")
@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b"null", b'{"id": 1}'])
def test_what_cannot_be_read_is_parked(listener: Listener, body: bytes) -> None:
    before = listener.length("parked")

    with Connection(listener.amqp_url) as connection:
        options = {"content_type": "application/json", "content_encoding": "utf-8"}
        connection.Producer().publish(body, exchange="meter.events", routing_key="meter.read.v1", **options)

    until(lambda: listener.length("parked") == before + 1)


@pytest.mark.feature("SEC-42")
@pytest.mark.parametrize("kind", ["application/x-python-serialize", "application/x-yaml", "application/x-msgpack", "text/plain"])
def test_what_is_no_json_is_parked_and_not_run(listener: Listener, tmp_path: Path, kind: str) -> None:
    before, proof = listener.length("parked"), tmp_path / "was run"

    with Connection(listener.amqp_url) as connection:
        options = {"content_type": kind, "content_encoding": "binary"}
        body = pickle.dumps(Running(proof))
        connection.Producer().publish(body, exchange="meter.events", routing_key="meter.read.v1", **options)

    until(lambda: listener.length("parked") == before + 1)
    assert not proof.exists()


class Running:
    """Whoever unpickles it makes a file."""

    def __init__(self, proof: Path) -> None:
        self._proof = proof

    def __reduce__(self) -> Any:
        return Path.touch, (self._proof,)


def test_an_announcement_that_no_queue_wants_is_kept_apart(listener: Listener, publish: Any) -> None:
    before = listener.length("unrouted")

    publish(some(1, type="meter.painted.v1"))

    until(lambda: listener.length("unrouted") == before + 1)
