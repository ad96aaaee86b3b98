"""The copy of enterprises that other services keep: newest version wins, and scope fits it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from services.enterprise.contract import ENTERPRISE_EVENTS
from services.enterprise.contract.reference import CREATE_1, enterprise_ref, find_reference, keep_reference
from services.kernel import ids
from services.kernel.caller import system
from services.kernel.work import Database
from tests.callers import enterprise_user, regulator
from tests.service.enterprise.builders import Desk, Rows, a_reviewer, events_of

TABLE = enterprise_ref(sa.MetaData())


@pytest.fixture
def elsewhere(owner_engine: Callable[[str], sa.Engine]) -> Iterator[Database]:
    """A database that keeps the copy; the table goes again, since this service itself keeps none."""
    engine = owner_engine("enterprise")
    with engine.begin() as connection:
        connection.execute(sa.text(CREATE_1))
    yield Database(engine, "520000/risk")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE enterprise_ref"))


def a_state(**values: Any) -> dict[str, Any]:
    return {"id": ids.new_id(), "region": "520102", "industry": "GM01", "version": 3, "name": "某厂", "status": "active"} | values


def test_only_news_is_taken_over(elsewhere: Database) -> None:
    state = a_state()

    with elsewhere.work(system("test"), "test") as work:
        told = [keep_reference(work, TABLE, state | {"version": v, "name": f"第{v}版"}) for v in (3, 2, 3, 5, 4)]
        kept = find_reference(work, TABLE, state["id"])

    assert told == [True, False, False, True, False]
    assert kept is not None and (kept["version"], kept["name"]) == (5, "第5版")


def test_scope_fits_the_copy(elsewhere: Database) -> None:
    state = a_state()
    with elsewhere.work(system("test"), "test") as work:
        keep_reference(work, TABLE, state)

    def sees(caller: Any) -> bool:
        with elsewhere.work(caller, "test", read_only=True) as work:
            return find_reference(work, TABLE, state["id"]) is not None

    assert sees(regulator("520102")) and sees(enterprise_user(state["id"], "520102"))
    assert not sees(regulator("520103")) and not sees(enterprise_user(ids.new_id(), "520102"))
    assert not sees(regulator("520102", industries=("FM",)))


def test_what_is_announced_is_what_the_copy_takes(desk: Desk, rows: Rows, elsewhere: Database) -> None:
    enterprise_id, _ = desk.approved()
    desk(a_reviewer("520102"), "delete_enterprise", enterprise_id=enterprise_id, reason="重复", has_no_open_matters=True)
    types = {event.type: event for event in ENTERPRISE_EVENTS}

    with elsewhere.work(system("test"), "test") as work:
        for event in reversed(events_of(rows, enterprise_id)):
            keep_reference(work, TABLE, types[event["type"]].load(event["data"])["state"])
        kept = find_reference(work, TABLE, enterprise_id)

    assert kept is not None and (kept["status"], kept["region"], kept["employees"]) == ("deleted", "520102", 35)
