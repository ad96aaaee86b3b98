"""Announcements leave once numbered and arrive once, in order for each aggregate; what fails waits, is parked, runs again."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.exc import DBAPIError

from services.kernel import clock, ids
from services.kernel.event import Event
from services.kernel.inbox import ATTEMPTS, react, store
from services.kernel.outbox import Relay
from services.kernel.work import Database
from services.runtime.operate import rerun
from tests.service.kernel.conftest import Desk
from tests.service.kernel.meter import APPLIED, COPIES, broken

Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def readings(desk: Desk) -> Callable[[int], list[Event]]:
    """``readings(5)``: the numbered announcements of a new meter that was read so often."""

    def make(count: int) -> list[Event]:
        meter_id, owner = desk.installed()
        for value in range(1, count):
            desk(owner, "read_meter", meter_id=meter_id, value=value)
        relay_all(desk.meters)
        return desk.announced(meter_id)

    return make


def relay_all(database: Database) -> list[Event]:
    events: list[Event] = []
    relay = Relay(database, events.extend, "test")
    while relay.step():
        pass
    return events


def settle(database: Database) -> None:
    """React until nothing is due."""
    while react(database, COPIES):
        pass


@contextmanager
def later(seconds: float) -> Iterator[None]:
    with clock.simulate(clock.now() + timedelta(seconds=seconds)):
        yield


def applied(subject: str) -> list[int]:
    return [version for one, version in APPLIED if one == subject]


def test_a_source_numbers_its_announcements_without_gaps(meters: Database, readings: Any, rows: Rows) -> None:
    readings(3)
    readings(2)

    numbers = [r["sequence"] for r in rows(meters, "SELECT sequence FROM outbox ORDER BY epoch, sequence")]

    assert numbers == list(range(1, len(numbers) + 1))
    assert [r["sent_at"] for r in rows(meters, "SELECT sent_at FROM outbox WHERE sent_at IS NULL")] == []


def test_what_was_published_is_counted_under_the_service_name_that_all_metrics_use(meters: Database, readings: Any) -> None:
    def published() -> float:
        return REGISTRY.get_sample_value("events_total", {"service": meters.service, "what": "published"}) or 0

    before = published()
    events = readings(3)

    assert "/" not in meters.service and published() - before == len(events)


def test_a_batch_whose_publishing_failed_goes_again_under_the_same_numbers(desk: Desk) -> None:
    relay_all(desk.meters)
    meter_id, _ = desk.installed()
    tried: list[Event] = []

    def cut(events: list[Event]) -> None:
        tried.extend(events)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        Relay(desk.meters, cut, "test").step()
    again = relay_all(desk.meters)

    assert [(e.subject, e.sequence) for e in tried] == [(e.subject, e.sequence) for e in again]
    assert meter_id in {e.subject for e in again}


def test_a_second_relay_waits_for_the_first_ones_lease(desk: Desk) -> None:
    relay_all(desk.meters)  # Takes the lease as "test".
    desk.installed()

    assert Relay(desk.meters, lambda events: None, "another").step() == 0
    assert len(relay_all(desk.meters)) == 1


def test_a_known_event_is_stored_once_however_often_it_comes(copies: Database, readings: Any, rows: Rows) -> None:
    events = readings(4)

    with ThreadPoolExecutor(4) as pool:
        new = sum(pool.map(lambda _: store(copies, events), range(6)))

    assert new == 4
    assert len(rows(copies, "SELECT id FROM inbox WHERE subject = :of", of=events[0].subject)) == 4


def test_events_of_one_aggregate_are_taken_up_in_order_by_many_reactors(copies: Database, readings: Any) -> None:
    batches = [readings(6) for _ in range(5)]
    mixed = [event for batch in batches for event in batch]
    random.Random(7).shuffle(mixed)
    store(copies, mixed)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: settle(copies), range(4)))

    for batch in batches:
        assert applied(batch[0].subject) == [1, 2, 3, 4, 5, 6]


def test_newest_wins_when_an_older_event_comes_after_it(copies: Database, readings: Any, rows: Rows) -> None:
    first, second, third = readings(3)
    for event in (third, first, second):
        store(copies, [event])
        settle(copies)

    assert [r["value"] for r in rows(copies, "SELECT value FROM meter_copy WHERE id = :id", id=first.subject)] == [2]


def test_a_failing_event_holds_back_its_own_aggregate_only(copies: Database, readings: Any, rows: Rows) -> None:
    ill, well = readings(3), readings(3)

    with broken(ill[0].subject):
        store(copies, [*ill, *well])
        settle(copies)

    kept = rows(
        copies, "SELECT id::text, value FROM meter_copy WHERE id IN (:ill, :well)", ill=ill[0].subject, well=well[0].subject
    )
    assert [(row["id"], row["value"]) for row in kept] == [(well[0].subject, 2)]
    assert applied(ill[0].subject) == []
    with later(700):
        settle(copies)
    assert applied(ill[0].subject) == [1, 2, 3]


def test_what_a_process_with_a_wrong_clock_stored_is_taken_up_at_once(
    copies: Database, readings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database's clock says what is due, for all alike."""
    (event,) = readings(1)
    ahead = clock.now() + timedelta(days=400)

    with monkeypatch.context() as wrong:
        wrong.setattr(clock, "now", lambda: ahead)
        store(copies, [event])
    settle(copies)

    assert applied(event.subject) == [1]


@pytest.mark.parametrize("state", ["53100", "57P01"])
def test_a_database_that_is_full_or_away_costs_an_event_none_of_its_tries(
    copies: Database, readings: Any, rows: Rows, state: str
) -> None:
    (event,) = readings(1)
    store(copies, [event])

    for _ in range(ATTEMPTS + 1):
        with broken(event.subject, state), pytest.raises(DBAPIError):
            react(copies, COPIES)
    settle(copies)

    (found,) = rows(copies, "SELECT attempts, done_at FROM inbox WHERE id = :id", id=event.id)
    assert found["attempts"] == 0
    assert found["done_at"] is not None


def test_what_fails_ten_times_is_parked_and_runs_again_once_repaired(copies: Database, readings: Any, rows: Rows) -> None:
    (event,) = readings(1)
    store(copies, [event])
    mine = "SELECT attempts, parked_at, error, done_at FROM inbox WHERE id = :id"

    with broken(event.subject):
        for attempt in range(ATTEMPTS):
            with later(700 * (attempt + 1)):
                settle(copies)
    (parked,) = rows(copies, mine, id=event.id)
    assert (parked["attempts"], parked["error"], parked["done_at"]) == (ATTEMPTS, "RuntimeError: the copy is broken", None)
    assert parked["parked_at"] is not None

    rerun(copies, "meter.read.v1")
    settle(copies)
    settle(copies)

    assert applied(event.subject) == [1]
    assert rows(copies, mine, id=event.id)[0]["done_at"] is not None


def test_an_event_nobody_reacts_to_any_more_is_done(copies: Database, readings: Any, rows: Rows) -> None:
    (event,) = readings(1)
    unknown = replace(event, id=ids.new_id(), type="meter.removed.v1")
    store(copies, [unknown])

    settle(copies)

    assert rows(copies, "SELECT done_at FROM inbox WHERE id = :id", id=unknown.id)[0]["done_at"] is not None


@pytest.mark.parametrize("change", [{"time": "yesterday"}, {"time": None}, {"time": 7}])
def test_what_is_no_envelope_is_told_from_one(readings: Any, change: dict[str, Any]) -> None:
    (event,) = readings(1)
    body = {name: getattr(event, name) for name in Event.__dataclass_fields__}

    with pytest.raises((KeyError, TypeError, ValueError)):
        Event.from_mapping(body | change)
