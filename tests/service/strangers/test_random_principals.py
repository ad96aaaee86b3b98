"""Five hundred random principals before every protected table, over rows that lie anywhere and are anybody's.

The rows of the stage are strewn at random over places, industries, owners and departments first, in a transaction that is
undone: the stage itself has but two counties.  Then every principal reads every table without any condition, as the role of
the application, and is shown what ``oracle`` says: no row more, no row less.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
import sqlalchemy as sa

from deploy.local.databases import Databases
from services.kernel import ids
from services.kernel.caller import Caller, Kind, Scope, system
from services.kernel.work import _BEGIN
from tests.amounts import many
from tests.service.strangers.oracle import Rows, visible
from tests.service.strangers.test_second_wall import tables
from tests.stage.world import BUILT, Stage

PRINCIPALS, STREWINGS = many(500, 5_000), 5
PLACES = ("520000", "520100", "520102", "520102001", "520102001003", "520103", "520103001", "520300", "520302", "520900", "530102")
PREFIXES = ("*", "52", "5201", "520102", "520102001", "520103", "5203", "520302", "520900", "53", "5")
INDUSTRIES = ("GM01", "GM02", "GM", "JZ", "JZ01", "MK01", "WH")
OWNER_COLUMNS = {"region": "text", "industry": "text", "enterprise_id": "uuid", "department_id": "uuid", "account_id": "text"}
EVERYBODY = system("watcher")


@dataclass
class Pool:
    """Whose things can be, of one service's stage."""

    enterprises: list[str]
    departments: list[str]
    accounts: list[str]

    def values(self, column: str, chance: random.Random) -> list[str | None]:
        of: dict[str, tuple[str, ...] | list[str]] = {
            "region": PLACES, "industry": INDUSTRIES, "enterprise_id": self.enterprises, "department_id": self.departments,
            "account_id": self.accounts,
        }  # fmt: skip
        return [*of[column], *([None] if column != "region" else [])]

    def principal(self, chance: random.Random) -> Caller:
        """Anybody: of any kind, with any scope, at home anywhere; some see nothing at all."""
        some = partial(self._some, chance)
        scope = Scope(some(PREFIXES), some(("*", *INDUSTRIES)), some(("*", "*", *self.enterprises)))
        scope = Scope() if chance.random() < 0.05 else scope
        return Caller(
            chance.choice([*self.accounts, ids.new_id()]), "任意人", chance.choice(list(Kind)), scope=scope,
            region=chance.choice([*PLACES, None]), department_id=chance.choice([*self.departments, None]),
        )  # fmt: skip

    @staticmethod
    def _some(chance: random.Random, of: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(sorted(set(chance.choices(of, k=chance.choice([0, 1, 1, 1, 1, 2, 3])))))
        return ("*",) if "*" in found else found


def pool_of(stage: Stage) -> Pool:
    sides = (stage.here, stage.there)
    return Pool(
        [*(side.enterprise_id for side in sides), ids.new_id()],
        [*(str(side.department["id"]) for side in sides), ids.new_id()],
        [side.accounts[name] for side in sides for name in ("bureau.business", "enterprise.business")],
    )


@contextmanager
def strewn(stage: Stage, databases: Databases, service: str, chance: random.Random) -> Iterator[sa.Connection]:
    """The service's database with its rows strewn about, in the role of the application; undone afterwards."""
    url = stage.parts[service][1].engine.url
    admin = sa.create_engine(databases.admin_url(str(url.database)))
    with admin.connect() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # No foreign key asks where its row went.
        connection.execute(sa.text("SELECT setseed(:seed)"), {"seed": chance.uniform(-1, 1)})
        connection.execute(sa.text(STREW))
        for table, column in connection.execute(sa.text(MOVABLE), {"columns": list(OWNER_COLUMNS)}).all():
            strew(connection, table, column, pool_of(stage).values(column, chance))
        connection.execute(sa.text(f'SET LOCAL ROLE "{url.username}"'))
        yield connection
        connection.rollback()
    admin.dispose()


MOVABLE = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relrowsecurity AND a.attname = ANY(:columns) AND a.attgenerated = ''
ORDER BY 1, 2
"""


# A key that is taken, or an owner that such a row must have: the row stays where it is.
STREW = """
CREATE FUNCTION pg_temp.strew(of regclass, what text, kind text, owners text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    each record;
BEGIN
    FOR each IN EXECUTE format('SELECT tableoid AS part, ctid AS place FROM %s', of) LOOP
        BEGIN
            EXECUTE format('UPDATE %s SET %I = ($1)[1 + floor(random() * $2)]::%s', of, what, kind)
                || ' WHERE ctid = $3 AND tableoid = $4'
                USING owners, cardinality(owners), each.place, each.part;
        EXCEPTION WHEN integrity_constraint_violation THEN
        END;
    END LOOP;
END $$
"""


def strew(connection: sa.Connection, table: str, column: str, values: list[str | None]) -> None:
    """Each row's owner anew, row by row, since a constraint may stand against some."""
    named = {"table": f'"{table}"', "column": column, "kind": OWNER_COLUMNS[column], "values": values}
    connection.execute(sa.text("SELECT pg_temp.strew(CAST(:table AS regclass), :column, :kind, CAST(:values AS text[]))"), named)


@pytest.mark.feature("SEC-25")
@pytest.mark.parametrize("service", BUILT)
def test_whoever_asks_is_shown_his_rows_and_no_others(stage: Stage, databases: Databases, service: str) -> None:
    chance, wrong, seen = random.Random(service), {}, 0

    for _ in range(STREWINGS):
        with strewn(stage, databases, service, chance) as connection:
            reading = Reading(connection)
            for _ in range(PRINCIPALS // STREWINGS):
                caller = pool_of(stage).principal(chance)
                found, expected = reading.by(caller), visible(service, caller, reading.rows)
                seen += sum(map(len, found.values()))
                if found != expected:
                    wrong[repr(caller)] = {table for table in expected if found[table] != expected[table]}

    assert wrong == {}
    assert seen > PRINCIPALS, "hardly anybody sees anything: nothing is compared"


class Reading:
    """All protected tables in one statement, planned once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._tables = tables(connection)
        self._tell(EVERYBODY)
        query = 'SELECT md5(t::text) AS digest, t.* FROM "{}" t'
        self.rows: Rows = {table: list(connection.execute(sa.text(query.format(table))).all()) for table in self._tables}
        parts = (f"SELECT '{table}' AS name, md5(t::text) AS digest FROM \"{table}\" t" for table in self._tables)
        connection.execute(sa.text("SET LOCAL plan_cache_mode = force_generic_plan"))
        connection.exec_driver_sql(f"PREPARE wall AS {' UNION ALL '.join(parts)}")

    def _tell(self, caller: Caller) -> None:
        self._connection.exec_driver_sql(_BEGIN, caller.settings() | {"read_only": "off"})

    def by(self, caller: Caller) -> dict[str, list[str]]:
        self._tell(caller)
        found: dict[str, list[str]] = {table: [] for table in self._tables}
        for name, digest in self._connection.exec_driver_sql("EXECUTE wall"):
            found[name].append(digest)
        return {table: sorted(digests) for table, digests in found.items()}
