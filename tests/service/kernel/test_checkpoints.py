"""Checkpoints of the audit chain, signed and kept elsewhere: what shows even when every digest has been made anew."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prometheus_client import REGISTRY

from deploy.local.databases import Databases
from deploy.local.keys import audit_public_keys, new_audit_key
from services.kernel.audit import TEXT
from services.kernel.event import Event
from services.kernel.outbox import Relay
from services.kernel.work import Database
from services.runtime import chain, checkpoints, operate
from services.runtime.checkpoints import AUDITOR, Checkpointer
from services.runtime.settings import audit_key
from services.trail.contract.checkpoints import keep, sealed
from tests.amounts import many
from tests.conftest import PREFIX

NUMBERS = count(1)
ROWS = many(20_000, 1_000_000)
SLOW = "SET LOCAL statement_timeout = 0"
FILL = """
    ALTER TABLE audit NO FORCE ROW LEVEL SECURITY;
    INSERT INTO audit SELECT gen_random_uuid(), now(), 'hazard.register_hazard', 'done', 'a' || n, '某某', 'enterprise', '10.1.2.3',
        md5(n::text), '520102', 'MK01', gen_random_uuid(),
        jsonb_build_object('status', jsonb_build_array('draft', 'registered'), 'n', n)
        FROM generate_series(1, %s) n;
    DELETE FROM audit_pending;
    DELETE FROM audit_seal;
    INSERT INTO audit_seal SELECT row_number() OVER (ORDER BY id), id, '' FROM audit;
"""
# What somebody does who owns the service's database and knows how seals are made.
MAKE_ANEW = f"""
DO $$
DECLARE
    last bytea := decode(repeat('00', 32), 'hex');
    row record;
BEGIN
    CREATE TEMP TABLE sealed ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY number) AS number, audit_id FROM audit_seal;
    TRUNCATE audit_seal;
    FOR row IN SELECT s.number, s.audit_id, {TEXT} AS body FROM sealed s JOIN audit a ON a.id = s.audit_id ORDER BY s.number LOOP
        last := sha256(last || int8send(row.number) || convert_to(row.body, 'UTF8'));
        INSERT INTO audit_seal VALUES (row.number, row.audit_id, last);
    END LOOP;
END $$
"""
_ROW = "(SELECT audit_id FROM audit_seal WHERE number = 1234)"
HARM = {
    "an edit": f"UPDATE audit SET actor_name = 'somebody else' WHERE id = {_ROW}",
    "an insertion": f"""
        INSERT INTO audit SELECT gen_random_uuid(), at, operation, result, 'other', actor_name, actor_kind, address, request_id,
            region, industry, enterprise_id, changes FROM audit WHERE id = {_ROW};
        UPDATE audit_seal SET number = -number WHERE number > 1234;
        INSERT INTO audit_seal SELECT 1235, id, '' FROM audit WHERE actor = 'other';
        UPDATE audit_seal SET number = 1 - number WHERE number < 0""",
    "a deletion": f"DELETE FROM audit WHERE id = {_ROW}; DELETE FROM audit_seal WHERE number = 1234",
    "a swap": """
        UPDATE audit_seal a SET audit_id = b.audit_id FROM audit_seal b
        WHERE (a.number, b.number) IN ((1234, 5678), (5678, 1234))""",
    "a cut tail": """
        WITH gone AS (DELETE FROM audit_seal WHERE number > 15000 RETURNING audit_id)
        DELETE FROM audit WHERE id IN (SELECT audit_id FROM gone)""",
}


def as_owner(owner: sa.Engine, *statements: str) -> None:
    with owner.begin() as connection:
        for statement in (SLOW, "ALTER TABLE audit_seal DROP CONSTRAINT IF EXISTS audit_seal_audit_id_key", *statements):
            connection.exec_driver_sql(statement)


@pytest.fixture
def service() -> str:
    """A name of its own for each test, since what is kept elsewhere stays."""
    return f"trail{next(NUMBERS)}"


@pytest.fixture
def keys(service: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    found = {service: new_audit_key(), "other": new_audit_key()}
    monkeypatch.setenv("AUDIT_PUBLIC_KEYS", audit_public_keys(found))
    monkeypatch.setenv("AUDIT_PRIVATE_KEY", found[service])
    return found


@pytest.fixture
def key(keys: dict[str, str]) -> Ed25519PrivateKey:
    return audit_key()


@pytest.fixture
def trail(databases: Databases, service: str) -> Iterator[tuple[Database, sa.Engine]]:
    """The database of a service, and its owner, who can do what the application cannot."""
    name = f"{PREFIX}{os.getpid()}_points"
    databases.drop(name)
    addresses = databases.copy("enterprise", name)
    database, owner = Database(sa.create_engine(addresses.url), f"520000/{service}"), sa.create_engine(addresses.owner_url)
    yield database, owner
    owner.dispose()
    database.engine.dispose()


def many_rows(owner: sa.Engine, wanted: int = ROWS) -> None:
    as_owner(owner, "DROP INDEX audit_request", FILL % wanted, "CREATE INDEX ON audit_seal (audit_id)", MAKE_ANEW, "ANALYZE audit")


def carry(trail: Database, elsewhere: Database) -> int:
    """What the service has announced reaches the place elsewhere."""
    carried: list[Event] = []
    relay = Relay(trail, carried.extend, "test")
    while relay.step():
        pass
    for event in carried:
        if event.type == sealed(trail.service).type:
            with elsewhere.work(AUDITOR, "react") as work:
                keep(work, event, event.data["state"]["token"])
    return len(carried)


def told(elsewhere: Database, service: str) -> list[str]:
    """What the place elsewhere finds by itself."""
    return [line for name, _, lines in checkpoints.compared(elsewhere) if name == service for line in lines]


def kept(elsewhere: Database, service: str) -> list[str]:
    return operate.COMMANDS["checkpoints"](elsewhere, service)


def value(metric: str, service: str) -> float | None:
    return REGISTRY.get_sample_value(metric, {"service": service})


@pytest.mark.feature("SEC-59")
@pytest.mark.timeout(3600)
def test_each_harm_is_found_though_every_digest_was_made_anew(trail: Any, copies: Database, key: Ed25519PrivateKey) -> None:
    """Also when the service's own memory of its checkpoints is wiped out."""
    database, owner = trail
    many_rows(owner)
    checkpointer = Checkpointer(database, key, "test")
    checkpointer.make()
    carry(database, copies)
    assert operate.audit(database, *kept(copies, database.service))[0] == "the audit chain is intact"
    as_owner(owner, *(f"CREATE TABLE kept_{t} AS TABLE {t}" for t in ("audit", "audit_seal")))

    unseen = []
    for what, harm in HARM.items():
        as_owner(owner, harm, MAKE_ANEW, "DELETE FROM audit_checkpoint")
        alone = [*chain.verify(database), *checkpoints.disowned(database)]
        found = [*checkpoints.disowned(database, kept(copies, database.service))]
        if alone or not found:
            unseen.append((what, alone, found))
        for table in ("audit", "audit_seal"):
            as_owner(owner, f"TRUNCATE {table}", f"INSERT INTO {table} TABLE kept_{table}")

    assert unseen == []


@pytest.mark.parametrize("what", HARM)
def test_the_place_elsewhere_notices_at_the_next_checkpoint(
    trail: Any, copies: Database, key: Ed25519PrivateKey, what: str
) -> None:
    database, owner = trail
    many_rows(owner, 16_000)
    checkpointer = Checkpointer(database, key, f"test {what}")
    checkpointer.make()
    carry(database, copies)
    assert told(copies, database.service) == []

    as_owner(owner, HARM[what], MAKE_ANEW)
    checkpointer.make()
    carry(database, copies)

    assert len(told(copies, database.service)) == 1
    checkpoints.measure(copies)
    assert value("audit_contradictions", database.service) == 1


def test_a_checkpoint_that_another_has_signed_is_not_kept(
    trail: Any, copies: Database, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, owner = trail
    many_rows(owner, 10)
    monkeypatch.setenv("AUDIT_PRIVATE_KEY", keys["other"])
    Checkpointer(database, audit_key(), "test").make()

    with pytest.raises(ValueError, match="no checkpoint of 520000/trail"):
        carry(database, copies)

    assert kept(copies, database.service) == []
    assert value("audit_checkpoints_refused_total", database.service) == 1


def test_a_broken_chain_shows_in_the_metric(trail: Any, key: Ed25519PrivateKey) -> None:
    database, owner = trail
    many_rows(owner, 2_000)
    checkpointer = Checkpointer(database, key, "test")
    checkpointer.step()
    checkpointer.step()
    assert value("audit_faults", database.service) == 0
    checkpoints.measure(database)
    assert 0 <= (value("audit_checkpoint_age_seconds", database.service) or -1) < 60

    as_owner(owner, HARM["an edit"])
    checkpointer = Checkpointer(database, key, "test")
    checkpointer.step()
    checkpointer.step()

    assert value("audit_faults", database.service) == 1


def test_a_seal_below_the_first_shows(trail: Any) -> None:
    database, owner = trail
    many_rows(owner, 10)
    as_owner(
        owner,
        "INSERT INTO audit SELECT gen_random_uuid(), at, operation, result, 'other', actor_name, actor_kind, address, request_id,"
        " region, industry, enterprise_id, changes FROM audit LIMIT 1",
        "INSERT INTO audit_seal SELECT -5, a.id, sha256(decode(repeat('00', 32), 'hex') || int8send(-5) || convert_to("
        f"{TEXT}, 'UTF8')) FROM audit a WHERE actor = 'other'",
    )

    assert list(chain.verify(database)) == ["seal -6 is missing"]


def test_the_application_only_adds_checkpoints(trail: Any) -> None:
    database, _ = trail

    for statement in ("UPDATE audit_checkpoint SET token = ''", "DELETE FROM audit_checkpoint", "TRUNCATE audit_checkpoint"):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), database.work(AUDITOR, "test") as work:
            work.session.execute(sa.text(statement))


def test_nothing_given_is_no_proof(trail: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    database, _ = trail
    monkeypatch.setattr("sys.stdin", iter([""]))

    with pytest.raises(SystemExit, match="no checkpoints"):
        operate.audit(database, "-")
