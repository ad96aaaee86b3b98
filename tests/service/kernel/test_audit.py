"""The audit trail: sealed in order into a chain that shows every later change of it."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.local.databases import Databases
from services.kernel.audit import Sealer, verify
from services.kernel.caller import system
from services.kernel.work import Database, write_audit
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


def tamper(owner: sa.Engine, statement: str) -> None:
    with owner.begin() as connection:
        connection.execute(sa.text("ALTER TABLE audit NO FORCE ROW LEVEL SECURITY"))
        connection.execute(sa.text("ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_audit_id_key"))
        assert connection.execute(sa.text(statement)).rowcount


def test_an_untouched_trail_is_intact(trail: Any) -> None:
    database, _ = trail
    Sealer(database, "test").step()

    assert list(verify(database)) == []


def test_rows_that_wait_for_their_seal_are_no_fault(trail: Any) -> None:
    database, _ = trail

    assert list(verify(database)) == []


@pytest.mark.feature("SYS-18")
@pytest.mark.parametrize("what", TAMPERED)
def test_every_tampering_shows(trail: Any, what: str) -> None:
    database, owner = trail
    Sealer(database, "test").step()

    tamper(owner, TAMPERED[what])

    assert list(verify(database)) != []


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
    assert list(verify(database)) == []
