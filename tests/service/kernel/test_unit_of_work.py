"""One transaction: state, announcement and audit row together or not at all; the scope stands twice before every row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.local.databases import Databases
from services.kernel import ids
from services.kernel.caller import Caller, Kind, Scope, system
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from services.kernel.work import Database
from tests.callers import enterprise_user, nobody, regulator
from tests.service.kernel.conftest import RIGHTS, Desk
from tests.service.kernel.meter import Meter, MeterState, meter

Rows = Callable[..., list[dict[str, Any]]]


@pytest.mark.feature("SEC-58")
def test_state_announcement_and_audit_row_are_one(desk: Desk, rows: Rows) -> None:
    meter_id, owner = desk.installed()

    desk(owner, "read_meter", meter_id=meter_id, value=7)

    assert [(e.data["state"]["version"], e.data["fact"]["before"]) for e in desk.announced(meter_id)] == [(1, 0), (2, 0)]
    audited = rows(
        desk.meters, "SELECT operation, actor, changes FROM audit WHERE changes ? :of ORDER BY id", of=f"Meter:{meter_id}"
    )
    assert [(row["operation"], row["actor"]) for row in audited] == [
        ("meter.install_meter", owner.id),
        ("meter.read_meter", owner.id),
    ]
    assert audited[1]["changes"][f"Meter:{meter_id}"]["value"] == [0, 7]


def test_what_several_own_is_put_on_record_for_each_alone(desk: Desk, rows: Rows) -> None:
    """A job changes things of many enterprises in one transaction; each reads of its own."""
    (one, here), (other, there) = desk.installed("520102"), desk.installed("520103")

    with desk.meters.work(system("job"), "meter.read_all") as work:
        for meter_id in (one, other):
            found = work.find(Meter, meter_id, "表")
            work.keep(found, MeterState, found.read(3))
        work.note("meters", {"read": 2})

    sql = "SELECT region, enterprise_id::text AS owner, changes FROM audit WHERE operation = 'meter.read_all' ORDER BY id"
    audited = {(row["region"], row["owner"]): set(row["changes"]) for row in rows(desk.meters, sql)}
    assert audited == {
        ("520102", here.enterprise_id): {f"Meter:{one}"},
        ("520103", there.enterprise_id): {f"Meter:{other}"},
        ("520000", None): {"meters"},
    }


def test_what_is_noted_goes_with_its_only_owner(desk: Desk, rows: Rows) -> None:
    meter_id, owner = desk.installed()

    with desk.meters.work(system("job"), "meter.read_one") as work:
        work.note("meters", {"read": 1})
        found = work.find(Meter, meter_id, "表")
        work.keep(found, MeterState, found.read(3))

    sql = "SELECT enterprise_id::text AS owner, changes FROM audit WHERE operation = 'meter.read_one' ORDER BY id DESC LIMIT 1"
    assert [(row["owner"], set(row["changes"])) for row in rows(desk.meters, sql)] == [
        (owner.enterprise_id, {f"Meter:{meter_id}", "meters"})
    ]


def test_what_cannot_be_put_on_record_does_not_happen(desk: Desk, databases: Databases) -> None:
    meter_id, owner = desk.installed()
    address = sa.make_url(databases.addresses("enterprise", str(desk.meters.engine.url.database)).owner_url)
    keeper, app = sa.create_engine(address), desk.meters.engine.url.username

    with keeper.begin() as connection:
        connection.execute(sa.text(f'REVOKE INSERT ON audit FROM "{app}"'))
    try:
        with pytest.raises((NotFound, sa.exc.ProgrammingError)):
            desk(owner, "read_meter", meter_id=meter_id, value=7)
    finally:
        with keeper.begin() as connection:
            connection.execute(sa.text(f'GRANT INSERT ON audit TO "{app}"'))
        keeper.dispose()

    assert desk(owner, "show_meter", meter_id=meter_id)["value"] == 0
    assert len(desk.announced(meter_id)) == 1


def test_a_refused_command_leaves_nothing(desk: Desk, rows: Rows) -> None:
    meter_id, owner = desk.installed()
    desk(owner, "read_meter", meter_id=meter_id, value=7)

    with pytest.raises(Conflict, match=r"meter\.backwards"):
        desk(owner, "read_meter", "a-key-of-mine", meter_id=meter_id, value=6)

    assert len(desk.announced(meter_id)) == 2
    assert desk(owner, "show_meter", meter_id=meter_id)["value"] == 7
    assert rows(desk.meters, "SELECT 1 FROM idempotency WHERE caller = :caller", caller=owner.id) == []


@pytest.mark.feature("SEC-58")
def test_who_lacks_the_permission_is_refused_and_the_refusal_is_on_record(desk: Desk, rows: Rows) -> None:
    meter_id, owner = desk.installed()
    reader = enterprise_user(str(owner.enterprise_id), "520102", "meter.read")

    with pytest.raises(Forbidden, match=r"caller\.forbidden"):
        desk(reader, "read_meter", meter_id=meter_id, value=7)

    refused = rows(desk.meters, "SELECT operation FROM audit WHERE actor = :actor AND result = 'refused'", actor=reader.id)
    assert [row["operation"] for row in refused] == ["meter.read_meter"]


STRANGERS = {
    "another enterprise": enterprise_user(ids.new_id(), "520102", *RIGHTS),
    "another county": regulator("520103", *RIGHTS),
    "a county whose code begins alike": regulator("520100", *RIGHTS, industries=("MK",)),
    "a scope without places": Caller(ids.new_id(), "空", Kind.REGULATOR, frozenset(RIGHTS), Scope((), ("*",), ("*",))),
    "a scope without industries": Caller(ids.new_id(), "空", Kind.REGULATOR, frozenset(RIGHTS), Scope(("*",), (), ("*",))),
    "a scope without enterprises": Caller(ids.new_id(), "空", Kind.REGULATOR, frozenset(RIGHTS), Scope(("*",), ("*",), ())),
    "no scope": Caller(ids.new_id(), "空", Kind.REGULATOR, frozenset(RIGHTS)),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_what_is_out_of_scope_does_not_exist(desk: Desk, who: str) -> None:
    meter_id, _ = desk.installed()
    refusals = []
    for wanted in (meter_id, ids.new_id()):
        with pytest.raises(NotFound) as refusal:
            desk(STRANGERS[who], "read_meter", meter_id=wanted, value=1)
        refusals.append(refusal.value.args)

    assert refusals[0] == refusals[1]
    assert meter_id not in {m["id"] for m in desk(STRANGERS[who], "list_meters", limit=200)["items"]}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_query_without_any_filter_shows_a_stranger_nothing(desk: Desk, who: str) -> None:
    meter_id, _ = desk.installed()

    with desk.meters.work(STRANGERS[who], "test", read_only=True) as work:
        seen = {m.id for m in work.session.scalars(sa.select(Meter))}

    assert meter_id not in seen


def test_a_row_cannot_be_put_outside_the_callers_scope(desk: Desk) -> None:
    owner = enterprise_user(ids.new_id(), "520102", *RIGHTS)

    with pytest.raises(NotFound, match=r"scope\.outside"):
        desk(owner, "install_meter", enterprise_id=ids.new_id(), region="520102")


def test_a_scope_ends_with_its_transaction(meters: Database) -> None:
    engine = sa.create_engine(meters.engine.url, pool_size=1, max_overflow=0)
    alone = Database(engine, meters.source)
    with pytest.raises(ZeroDivisionError), alone.work(regulator("520102"), "test"):
        raise ZeroDivisionError

    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM meter")).scalar_one() == 0
        assert connection.execute(sa.text("SELECT app.setting('region_lo')")).scalar_one() is None
    engine.dispose()


def test_of_two_writers_who_read_the_same_version_one_is_refused(desk: Desk) -> None:
    meter_id, owner = desk.installed()

    def read(value: int) -> str:
        try:
            desk(owner, "read_meter", meter_id=meter_id, value=value, version=1)
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(read, [5, 5]))

    assert sorted(results) == ["done", "version.stale"]
    assert len(desk.announced(meter_id)) == 2


def test_a_repeat_with_its_key_gets_the_first_answer_and_does_nothing(desk: Desk) -> None:
    meter_id, owner = desk.installed()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: desk(owner, "read_meter", "key-of-the-reading", meter_id=meter_id, value=3), range(8)))

    assert all(answer == answers[0] for answer in answers)
    assert len(desk.announced(meter_id)) == 2


def test_a_key_belongs_to_one_request_of_one_caller(desk: Desk) -> None:
    meter_id, owner = desk.installed()
    desk(owner, "read_meter", "key-of-the-reading", meter_id=meter_id, value=3)

    with pytest.raises(Invalid, match=r"idempotency\.other_request"):
        desk(owner, "read_meter", "key-of-the-reading", meter_id=meter_id, value=4)
    other_id, other = desk.installed()
    assert desk(other, "read_meter", "key-of-the-reading", meter_id=other_id, value=9)["value"] == 9


def test_a_command_that_nobody_waits_for_any_more_does_nothing(desk: Desk) -> None:
    from services.kernel import clock
    from tests.service.kernel.meter import METERS

    meter_id, owner = desk.installed()

    with pytest.raises(Conflict, match=r"call\.too_late"):
        METERS.call(
            desk.meters, "read_meter", {"meter_id": meter_id, "value": 3}, owner, deadline=clock.start_of(clock.now().date())
        )

    assert desk(owner, "show_meter", meter_id=meter_id)["value"] == 0


def test_nobody_may_do_what_needs_a_permission(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk(nobody(), "list_meters")


def test_pages_join_without_gap_or_repeat(desk: Desk) -> None:
    owner = enterprise_user(ids.new_id(), "520102", *RIGHTS)
    made = [desk(owner, "install_meter", enterprise_id=owner.enterprise_id, region="520102")["id"] for _ in range(7)]

    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = desk(owner, "list_meters", limit=3, cursor=cursor)
        seen += [m["id"] for m in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize(
    "cursor", ["x", "W10=", "WzEsMl0=", "bnVsbA==", "W1siYSJdXQ==", "WyJhYmMiXQ==", "WzFd", "W3RydWVd", "WyJcdTAwMDAiXQ=="]
)
def test_a_forged_page_mark_is_refused(desk: Desk, cursor: str) -> None:
    owner = enterprise_user(ids.new_id(), "520102", *RIGHTS)

    with pytest.raises(Invalid, match=r"page\.bad_cursor"):
        desk(owner, "list_meters", cursor=cursor)


def test_a_query_cannot_write(desk: Desk) -> None:
    _, owner = desk.installed()

    with pytest.raises(sa.exc.InternalError), desk.meters.work(owner, "test", read_only=True) as work:
        work.session.execute(sa.update(meter).values(value=1))
