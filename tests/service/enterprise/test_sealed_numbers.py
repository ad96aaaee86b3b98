"""Where the numbers of workers can be found: in no table, in no answer but one, and nowhere without their keys."""

import base64
import json
import os
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from services.enterprise.jobs import seal_anew
from services.enterprise.tables import worker
from services.kernel import clock, ids
from services.kernel.caller import system
from services.kernel.errors import Conflict
from services.vault import sealing
from tests.service.enterprise.builders import PHONE, Desk, Rows, a_worker, but_numbers, masked
from tests.stage.arguments import an_identity_number

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"


def test_whoever_sees_a_whole_number_is_on_record(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())

    desk(admin, "reveal_worker", worker_id=added["id"])

    record = rows(
        "SELECT actor, result, changes FROM audit WHERE operation = 'enterprise.reveal_worker' AND actor = :a", a=admin.id
    )
    assert record == [{"actor": admin.id, "result": "done", "changes": {f"Worker:{added['id']}": {"seen": ["id_number", "phone"]}}}]


def test_no_table_holds_a_whole_number(desk: Desk, rows: Rows) -> None:
    """Rows, audit before and after, announcements, first answers kept under keys."""
    enterprise_id, admin = desk.approved()
    given, other = a_worker(), an_identity_number()
    added = desk.repeated(admin, "add_worker", ids.token(), enterprise_id=enterprise_id, **given)
    desk.repeated(
        admin,
        "edit_worker",
        ids.token(),
        worker_id=added["id"],
        **but_numbers(added) | {"id_number": other, "phone": "13985072947"},
    )
    told = desk.repeated(admin, "reveal_worker", ids.token(), worker_id=added["id"])
    desk(admin, "remove_worker", worker_id=added["id"])

    numbers = "|".join((given["id_number"], other, PHONE, "13985072947"))
    tables = [row["relname"] for row in rows(TABLES)]
    held = [table for table in tables if rows(f'SELECT 1 FROM "{table}" t WHERE t::text ~ :numbers', numbers=numbers)]

    assert (told["whole_id_number"], told["whole_phone"]) == (other, "13985072947")
    assert "worker" in tables and held == []
    assert rows("SELECT 1 FROM audit WHERE changes::text LIKE :shown", shown=f"%{masked(other)}%"), (
        "nothing of it was accounted for"
    )


def test_a_number_moved_to_another_column_does_not_open(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **a_worker())

    with desk.database.work(system("test"), "test") as work:
        work.session.execute(sa.text("UPDATE worker SET phone = id_number WHERE id = :id"), {"id": added["id"]})
        with pytest.raises(InvalidTag):
            work.session.execute(sa.select(worker).where(worker.c.id == added["id"])).all()
        work.session.rollback()


Told = Callable[..., None]


@pytest.fixture
def told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """``told("b", "a")``: these are the keys from now on, before the one of this session unless that is forgotten."""
    first = json.loads(os.environ["SEALING_KEYS"])

    def tell(keys: dict[str, str]) -> None:
        monkeypatch.setenv("SEALING_KEYS", json.dumps(keys))
        sealing.keys.cache_clear()

    def chosen(*names: str, forgets: bool = False) -> None:
        tell({name: base64.b64encode(name.encode() * 32).decode() for name in names} | ({} if forgets else first))

    yield chosen
    tell(first | {"b": base64.b64encode(b"b" * 32).decode()})
    seal_anew(desk.database, clock.day_of(clock.now()))  # Other tests know the session's key alone.
    monkeypatch.undo()
    sealing.keys.cache_clear()


def test_keys_change_while_people_work(desk: Desk, rows: Rows, told: Told) -> None:
    enterprise_id, admin = desk.approved()
    given = a_worker()
    told("a")
    added = desk(admin, "add_worker", enterprise_id=enterprise_id, **given)

    told("b", "a")
    with pytest.raises(Conflict):
        desk(admin, "add_worker", enterprise_id=enterprise_id, **given)
    assert desk(admin, "list_personnel", enterprise_id=enterprise_id, q=given["id_number"])["items"] == [added]
    seal_anew(desk.database, clock.day_of(clock.now()))

    told("b", forgets=True)
    assert desk(admin, "list_personnel", enterprise_id=enterprise_id, q=given["id_number"])["items"] == [added]
    assert rows("SELECT 1 FROM worker WHERE id_number NOT LIKE 'A256GCM.b.%' OR phone NOT LIKE 'A256GCM.b.%'") == []
