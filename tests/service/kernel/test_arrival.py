"""What comes is stored where something is to be done with it later; hints go on at once, and nobody waits for them."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel import ids
from services.kernel.caller import system
from services.kernel.event import Event
from services.kernel.service import Service, passes_on, reacts
from services.kernel.tables import inbox
from services.kernel.work import Database
from services.runtime.arrival import take_in
from tests.service.kernel.conftest import Desk
from tests.service.kernel.meter import METER_READ

Rows = Callable[..., list[dict[str, Any]]]
HINTS: list[list[str]] = []


@reacts(METER_READ, only_if=lambda event_type, data: data["state"]["value"] > 10)
def on_high_reading(*_: Any) -> None: ...


@passes_on(METER_READ)
def tell_pages(events: list[Event]) -> None:
    HINTS.append([event.id for event in events])
    if any(event.region == "520199" for event in events):
        raise ConnectionError("nobody can be told")


def service(*functions: Any) -> Service:
    contract = ModuleType("contract")
    vars(contract).update(OPERATIONS=[], EVENTS=[], PERMISSIONS=[])
    module = ModuleType(__name__)
    vars(module).update({function.__name__: function for function in functions})
    return Service("arrivals", contract, [module])


@pytest.fixture
def readings(desk: Desk, copies: Database, sent: list[Event]) -> Iterator[Callable[..., list[Event]]]:
    """``readings(3, 11)``: an announcement of each of these values, of which afterwards nothing waits for others' reactors."""

    def make(*values: int, region: str = "520102") -> list[Event]:
        data = [{"state": {"value": value}, "fact": {}} for value in values]
        one = sent[0] if sent else desk.announced(desk.installed()[0])[0]
        same = {name: getattr(one, name) for name in ("source", "type", "time", "actor")}
        return [
            Event(id=ids.new_id(), subject=ids.new_id(), region=region, data=each, epoch=9, sequence=1, **same) for each in data
        ]

    yield make
    with copies.work(system("test"), "test") as work:
        work.session.execute(sa.delete(inbox).where(inbox.c.epoch == 9))


def stored(rows: Rows, copies: Database, events: list[Event]) -> set[str]:
    found = rows(copies, "SELECT id::text FROM inbox WHERE id::text = ANY(:ids)", ids=[event.id for event in events])
    return {row["id"] for row in found}


def test_what_a_reaction_has_no_use_for_is_forgotten(copies: Database, readings: Any, rows: Rows) -> None:
    low, high = readings(3, 11)

    assert take_in(copies, service(on_high_reading), [low, high]) == 1
    assert take_in(copies, service(on_high_reading), [low]) == 0
    assert stored(rows, copies, [low, high]) == {high.id}


def test_hints_go_on_together_and_are_stored_only_if_something_is_to_be_done(copies: Database, readings: Any, rows: Rows) -> None:
    HINTS.clear()
    low, high = readings(3, 11)

    take_in(copies, service(tell_pages), [low, high])
    take_in(copies, service(tell_pages, on_high_reading), [low, high])

    assert [low.id, high.id] == HINTS[0] == HINTS[1]
    assert stored(rows, copies, [low, high]) == {high.id}


def test_a_hint_that_cannot_be_passed_on_holds_up_nothing(copies: Database, readings: Any, rows: Rows) -> None:
    (event,) = readings(11, region="520199")

    assert take_in(copies, service(tell_pages, on_high_reading), [event]) == 1
    assert stored(rows, copies, [event]) == {event.id}


def test_what_could_not_be_stored_is_not_passed_on_before_it_comes_again(
    copies: Database, readings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    HINTS.clear()
    events = readings(11)
    monkeypatch.setattr("services.runtime.arrival.store", _away)

    with pytest.raises(ConnectionError):
        take_in(copies, service(tell_pages, on_high_reading), events)

    assert HINTS == []


def _away(*_: Any) -> int:
    raise ConnectionError
