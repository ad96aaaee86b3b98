"""Every service reads out its own audit trail: what lies within the caller's scope, by any filter, page by page."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from services.kernel import clock, ids
from services.kernel.caller import ALL, Caller, Kind, Scope
from services.kernel.errors import Forbidden, Invalid
from services.kernel.service import named
from services.kernel.work import Database, owner_of, write_audit
from tests.callers import enterprise_user, regulator
from tests.guards.tree import PACKAGES

SERVICES = sorted(PACKAGES)
READ = "data.audit.read"
HERE, ELSEWHERE, MINE, ANOTHERS = "520102", "520302", ids.new_id(), ids.new_id()
AUDITOR = regulator("520000", READ)
SCOPES = {
    "the province": (AUDITOR.scope, {"mine", "anothers", "a mine's", "elsewhere"}),
    "a county": (Scope((HERE,), ALL, ALL), {"mine", "anothers", "a mine's"}),
    "an industry": (Scope((HERE,), ("MK",), ALL), {"a mine's"}),
    "an enterprise": (Scope(ALL, ALL, (MINE,)), {"mine"}),
    "nothing": (Scope(), set()),
}


class Trail:
    """One service's trail, read and written by somebody whom no other test knows."""

    def __init__(self, service: str, database: Database) -> None:
        self.service, self.database, self.actor = service, database, regulator(HERE, name=f"某人{ids.token(6)}")

    def write(self, operation: str = "x.done", result: str = "done", by: Caller | None = None, **owner: Any) -> str:
        """One row as a command writes it; its id."""
        known: dict[str, Any] = {"region": HERE, "industry": "GM01", "enterprise_id": None}
        caller = by or self.actor
        before = set(self.ids(actor=caller.id, limit=200))
        with self.database.work(caller, operation) as work:
            write_audit(work.session, caller, operation, result, {}, owner_of(SimpleNamespace(**known | owner)))
        [row_id] = set(self.ids(actor=caller.id, limit=200)) - before
        return row_id

    def read(self, by: Caller = AUDITOR, **args: Any) -> dict[str, Any]:
        found: dict[str, Any] = named(self.service).call(self.database, "list_trail", args, by)
        return found

    def ids(self, **args: Any) -> list[str]:
        """The rows' ids, in order."""
        return [row["id"] for row in self.read(**args)["items"]]


@pytest.fixture(params=SERVICES)
def trail(request: pytest.FixtureRequest, database: Callable[[str], Database]) -> Trail:
    return Trail(request.param, database(request.param))


@pytest.fixture
def one(database: Callable[[str], Database]) -> Trail:
    return Trail("hazard", database("hazard"))


def test_a_trail_shows_who_did_what_when_and_from_where(trail: Trail) -> None:
    row_id = trail.write("x.done", enterprise_id=MINE)

    [row] = trail.read(actor=trail.actor.id)["items"]

    assert {name: row[name] for name in ("id", "operation", "result", "actor_name", "address", "request_id", "enterprise_id")} == {
        "id": row_id, "operation": "x.done", "result": "done", "actor_name": trail.actor.name, "address": "127.0.0.1",
        "request_id": trail.actor.request_id, "enterprise_id": MINE,
    }  # fmt: skip


@pytest.mark.parametrize("who", SCOPES)
def test_a_trail_shows_the_rows_of_the_callers_scope_only(trail: Trail, who: str) -> None:
    scope, seen = SCOPES[who]
    rows = {
        trail.write(enterprise_id=MINE): "mine",
        trail.write(enterprise_id=ANOTHERS): "anothers",
        trail.write(industry="MK01"): "a mine's",
        trail.write(region=ELSEWHERE): "elsewhere",
    }

    found = trail.ids(by=Caller("u1", "某人", Kind.REGULATOR, frozenset({READ}), scope), actor=trail.actor.id)

    assert {rows[row_id] for row_id in found} == seen


@pytest.mark.parametrize("caller", [regulator("520000"), enterprise_user(MINE, HERE)], ids=["regulator", "enterprise"])
def test_nobody_reads_a_trail_without_the_permission_and_his_try_stands_in_it(trail: Trail, caller: Caller) -> None:
    with pytest.raises(Forbidden, match="caller.forbidden"):
        trail.read(by=caller)

    tried = trail.read(by=AUDITOR, request_id=caller.request_id, result="refused")["items"]
    assert {row["operation"] for row in tried} == {f"{trail.service}.list_trail"}


@pytest.fixture
def three(one: Trail) -> list[str]:
    """Three rows of which each filter finds the second alone; made a day apart, the second yesterday."""
    other, made = regulator(HERE, name="另一人"), []
    for days, by, more in (
        (2, other, {}),
        (1, one.actor, {"operation": "x.other", "result": "failed", "enterprise_id": MINE}),
        (0, other, {"enterprise_id": ANOTHERS}),
    ):
        with clock.simulate(clock.now() - timedelta(days=days)):
            made.append(one.write(by=by, **more))
    return made


@pytest.mark.parametrize("name", ["actor", "operation", "result", "request_id", "enterprise_id", "q", "since and until"])
def test_each_filter_finds_its_rows(one: Trail, three: list[str], name: str) -> None:
    yesterday = clock.now() - timedelta(days=1)
    wanted = {
        "actor": {"actor": one.actor.id},
        "operation": {"operation": "x.other"},
        "result": {"result": "failed"},
        "request_id": {"request_id": one.actor.request_id},
        "enterprise_id": {"enterprise_id": MINE},
        "q": {"q": one.actor.name[1:]},
        "since and until": {
            "since": (yesterday - timedelta(hours=1)).isoformat(),
            "until": (yesterday + timedelta(hours=1)).isoformat(),
        },
    }

    found = one.ids(limit=200, **wanted[name])

    assert [row_id for row_id in found if row_id in three] == [three[1]]


def test_a_span_of_time_begins_with_its_first_moment_and_ends_before_its_last(one: Trail) -> None:
    rows = [one.write() for _ in range(3)]
    at = [row["at"] for row in reversed(one.read(actor=one.actor.id)["items"])]

    assert one.ids(actor=one.actor.id, since=at[1]) == [rows[2], rows[1]]
    assert one.ids(actor=one.actor.id, until=at[1]) == [rows[0]]
    assert one.ids(actor=one.actor.id, since="1950-01-01T00:00:00+08:00", until=at[1]) == [rows[0]]


def test_pages_give_each_row_of_one_moment_once_newest_first(one: Trail) -> None:
    with clock.simulate(clock.now()):
        made = {one.write() for _ in range(7)}

    found: list[str] = []
    cursor, pages = None, 0
    while cursor or not pages:
        page = one.read(actor=one.actor.id, limit=2, cursor=cursor)
        found, cursor, pages = found + [row["id"] for row in page["items"]], page["next_cursor"], pages + 1

    assert (found, set(found), pages) == (sorted(found, reverse=True), made, 4)


def test_a_cursor_that_is_none_is_refused(one: Trail) -> None:
    with pytest.raises(Invalid, match="page.bad_cursor"):
        one.read(cursor="bm9uZQ==")
