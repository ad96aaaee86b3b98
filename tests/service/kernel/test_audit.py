"""The audit trail: sealed in order into a chain that shows every later change of it."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.local.databases import Databases
from services.kernel.audit import Sealer
from services.kernel.caller import system
from services.kernel.work import Database, write_audit
from services.runtime import chain
from services.runtime.operate import audit
from tests.amounts import many
from tests.conftest import PREFIX

TAMPERED = {
    "a changed row": "UPDATE audit SET actor = 'somebody else' WHERE id = (SELECT audit_id FROM audit_seal WHERE number = 3)",
    "a changed detail": "UPDATE audit SET changes = '{}' WHERE id = (SELECT audit_id FROM audit_seal WHERE number = 3)",
    "a removed row": "DELETE FROM audit WHERE id = (SELECT audit_id FROM audit_seal WHERE number = 3)",
    "a removed seal": "DELETE FROM audit_seal WHERE number = 3",
    "an added row": "INSERT INTO audit SELECT gen_random_uuid(), at, operation, result, actor, actor_name, actor_kind, address,"
    " request_id, region, industry, enterprise_id, changes FROM audit LIMIT 1",
    "two rows changed about": "UPDATE audit_seal a SET audit_id = b.audit_id FROM audit_seal b"
    " WHERE (a.number, b.number) IN ((2, 4), (4, 2))",
    "a row and its seal forged": "UPDATE audit_seal SET hash = sha256('forged') WHERE number = 3",
}


@pytest.fixture
def trail(databases: Databases) -> Iterator[tuple[Database, sa.Engine]]:
    """A database of its own with six audit rows, and its owner, who can do what the application cannot."""
    name = f"{PREFIX}{os.getpid()}_trail"
    databases.drop(name)
    addresses = databases.copy("enterprise", name)
    database = Database(sa.create_engine(addresses.url), "520000/trail")
    while Sealer(database, "test").step():
        pass  # What the migration wrote.
    for number in range(6):
        with database.work(system("test"), "test") as work:
            write_audit(work.session, system("test"), f"step {number}", "done", {"n": number})
    owner = sa.create_engine(addresses.owner_url)
    yield database, owner
    owner.dispose()
    database.engine.dispose()


def tamper(owner: sa.Engine, statement: str, **values: int) -> None:
    with owner.begin() as connection:
        connection.execute(sa.text("ALTER TABLE audit NO FORCE ROW LEVEL SECURITY"))
        connection.execute(sa.text("ALTER TABLE audit_seal DROP CONSTRAINT IF EXISTS audit_seal_audit_id_key"))
        assert connection.execute(sa.text(statement), values).rowcount


def test_an_untouched_trail_is_intact(trail: Any) -> None:
    database, _ = trail
    Sealer(database, "test").step()

    assert list(chain.verify(database)) == []


def test_rows_that_wait_for_their_seal_are_no_fault(trail: Any) -> None:
    database, _ = trail

    assert list(chain.verify(database)) == []


@pytest.mark.feature("SYS-18", "SEC-59")
@pytest.mark.parametrize("what", TAMPERED)
def test_every_tampering_shows(trail: Any, what: str) -> None:
    database, owner = trail
    Sealer(database, "test").step()

    tamper(owner, TAMPERED[what])

    assert list(chain.verify(database)) != []


# What the chain alone does not show: both leave one behind that is whole.
END = {
    "the tail cut off": ("DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_seal WHERE number > :cut)",
                         "DELETE FROM audit_seal WHERE number > :cut"),
    "the tail put back among what waits": ("INSERT INTO audit_pending SELECT audit_id FROM audit_seal WHERE number > :cut",
                                           "DELETE FROM audit_seal WHERE number > :cut"),
    "made anew": ("UPDATE audit SET actor = 'other' WHERE id IN (SELECT audit_id FROM audit_seal WHERE number > :cut)",
                  "INSERT INTO audit_pending SELECT audit_id FROM audit_seal WHERE number > :cut",
                  "DELETE FROM audit_seal WHERE number > :cut"),
}  # fmt: skip


@pytest.mark.feature("SEC-59")
@pytest.mark.parametrize("what", END)
def test_a_head_kept_elsewhere_shows_a_tail_that_is_cut_or_made_anew(trail: Any, what: str) -> None:
    database, owner = trail
    Sealer(database, "test").step()
    kept = chain.head(database)
    assert kept is not None and list(chain.missing(database, [kept])) == []

    for statement in END[what]:
        tamper(owner, statement, cut=kept[0] - 3)
    if what == "made anew":
        Sealer(database, "test").step()

    assert list(chain.verify(database)) == []
    assert len(list(chain.missing(database, [kept]))) == 1


@pytest.mark.feature("SEC-59")
def test_an_operator_is_told_the_head_and_what_became_of_one_he_kept(trail: Any) -> None:
    database, owner = trail
    Sealer(database, "test").step()
    kept = audit(database)[-1].rpartition(" ")[2]
    assert audit(database, kept)[0] == "the audit chain is intact"

    tamper(owner, "DELETE FROM audit_seal WHERE number > :cut", cut=3)

    with pytest.raises(SystemExit, match="was cut off"):
        audit(database, kept)


ROWS = many(400, 100_000)
HARMS = many(64, 400)
_ROW = "(SELECT audit_id FROM audit_seal WHERE number = {})"
HARM = {
    "an edit": f"UPDATE audit SET actor_name = actor_name || 'x' WHERE id = {_ROW.format(':here')}",
    "a moment moved": f"UPDATE audit SET at = at + interval '1 microsecond' WHERE id = {_ROW.format(':here')}",
    "a deletion": f"DELETE FROM audit WHERE id = {_ROW.format(':here')}",
    "a seal deleted": "DELETE FROM audit_seal WHERE number = :here",
    "an insertion": "INSERT INTO audit SELECT gen_random_uuid(), at, operation, result, actor, actor_name, actor_kind, address,"
    f" request_id, region, industry, enterprise_id, changes FROM audit WHERE id = {_ROW.format(':here')}",
    "a swap of seals": "UPDATE audit_seal a SET audit_id = b.audit_id FROM audit_seal b"
    " WHERE (a.number, b.number) IN ((:here, :there), (:there, :here))",
    "a swap of rows": "UPDATE audit a SET changes = b.changes FROM audit b WHERE (a.id, b.id) IN"
    f" (({_ROW.format(':here')}, {_ROW.format(':there')}), ({_ROW.format(':there')}, {_ROW.format(':here')}))",
    "a cut tail": "WITH gone AS (DELETE FROM audit_seal WHERE number > :there RETURNING audit_id)"
    " DELETE FROM audit WHERE id IN (SELECT audit_id FROM gone)",
}


def fill(owner: sa.Engine, count: int) -> None:
    """So many more rows that wait for their seal."""
    tamper(owner, """
        WITH made AS (INSERT INTO audit SELECT gen_random_uuid(), now(), 'test', 'done', 'a' || n, 'somebody', 'system', NULL, NULL,
            '520000', NULL, NULL, jsonb_build_object('n', n) FROM generate_series(1, :count) n RETURNING id)
        INSERT INTO audit_pending SELECT id FROM made
    """, count=count)  # fmt: skip
    with owner.begin() as connection:
        for table in ("audit", "audit_seal"):
            connection.execute(sa.text(f"CREATE TABLE IF NOT EXISTS kept_{table} AS TABLE {table} WITH NO DATA"))


@contextmanager
def harmed(owner: sa.Engine, statement: str, **places: int) -> Iterator[None]:
    """While one harm is done; then everything is as it was."""
    tamper(owner, statement, **places)
    yield
    with owner.begin() as connection:
        for table in ("audit", "audit_seal"):
            connection.execute(sa.text(f"TRUNCATE {table}"))
            connection.execute(sa.text(f"INSERT INTO {table} TABLE kept_{table}"))


@pytest.mark.feature("SEC-59")
@pytest.mark.timeout(1800)
def test_no_harm_among_many_rows_goes_unseen(trail: Any) -> None:
    """Each harm by itself, at random places, undone before the next one: all of them are found."""
    database, owner = trail
    fill(owner, ROWS)
    while Sealer(database, "test").step():
        pass
    chance, kept, unseen = random.Random(59), chain.head(database), []
    assert kept is not None and list(chain.verify(database)) == []
    for table in ("audit", "audit_seal"):
        tamper(owner, f"INSERT INTO kept_{table} TABLE {table}")

    for number in range(HARMS):
        what = [*HARM][number % len(HARM)]
        here, there = sorted(chance.sample(range(2, kept[0]), 2))
        with harmed(owner, HARM[what], here=here, there=there):
            if not [*chain.verify(database), *chain.missing(database, [kept])]:
                unseen.append((what, here, there))

    assert unseen == []


@pytest.mark.feature("SEC-60")
@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "DELETE FROM audit_seal", "TRUNCATE audit"]
)
def test_the_application_can_only_add(trail: Any, statement: str) -> None:
    database, _ = trail

    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), database.work(system("test"), "test") as work:
        work.session.execute(sa.text(statement))


def test_two_sealers_make_one_chain(trail: Any, rows: Callable[..., list[dict[str, Any]]]) -> None:
    database, _ = trail

    assert Sealer(database, "one").step() == 0  # The lease is still with "test".
    assert Sealer(database, "test").step() == 6
    assert list(chain.verify(database)) == []
