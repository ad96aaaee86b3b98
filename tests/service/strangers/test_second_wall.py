"""The second wall: what the databases themselves show of a plain SELECT, whatever the code forgets.

Every tenant table of every service, as the database's catalogue lists them, is read without any condition, as the role of
the application, under the name of every kind of person on the stage, and compared with what ``oracle`` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from services.kernel.caller import Caller, Kind, Scope, system
from services.kernel.work import _BEGIN
from tests.service.strangers.oracle import Rows, visible
from tests.stage.world import BUILT, INDUSTRY, Stage

PROTECTED = sa.text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    " AND NOT relispartition AND relrowsecurity"
)
FIRST_COLUMN = sa.text("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(:table) AND attnum = 1")
PEOPLE = (
    "bureau.business", "enterprise.business", "client.blind", "housing", "prefecture", "township", "two counties", "bound client",
    "narrowed official", "nobody",
)  # fmt: skip
WATCHER = system("watcher")


def person(stage: Stage, name: str) -> Caller:
    """Somebody of the other side, or of a kind that the stage has nobody of."""
    home, own = stage.there.region, stage.there.enterprise_id
    made = {
        "client.blind": (Kind.API_CLIENT, home, Scope()),
        "nobody": (Kind.PUBLIC, None, Scope()),
        "housing": (Kind.REGULATOR, "520102", Scope(("520102",), ("JZ",), ("*",))),
        "prefecture": (Kind.REGULATOR, "520100", Scope(("5201",), (INDUSTRY[:2],), ("*",))),
        "township": (Kind.REGULATOR, "520102", Scope(("520102001",), ("*",), ("*",))),
        "two counties": (Kind.REGULATOR, "520100", Scope(("520103", "520302"), ("*",), ("*",))),
        "bound client": (Kind.API_CLIENT, home, Scope(("*",), ("*",), (own,))),
        "narrowed official": (Kind.REGULATOR, home, Scope((home,), ("*",), (own,))),
    }
    if name in made:
        kind, region, scope = made[name]
        return Caller("ffffffff-ffff-7fff-bfff-ffffffffffff", name, kind, scope=scope, region=region)
    return stage.there.caller(name)


@contextmanager
def as_application(stage: Stage, service: str, caller: Caller | None) -> Iterator[sa.Connection]:
    """A connection of the application's role, with a caller told as the unit of work tells him, or with none at all."""
    with stage.parts[service][1].engine.connect() as connection:
        if caller is not None:
            connection.exec_driver_sql(_BEGIN, caller.settings() | {"read_only": "off"})
        yield connection
        connection.rollback()


def tables(connection: sa.Connection) -> list[str]:
    """The tables that are protected, by the database's own catalogue."""
    return list(connection.execute(PROTECTED).scalars())


def shown(connection: sa.Connection, table: str) -> list[str]:
    return sorted(connection.execute(sa.text(f'SELECT md5(t::text) FROM "{table}" t')).scalars())


@pytest.mark.feature("SEC-25")
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("service", BUILT)
def test_a_query_without_any_filter_returns_nothing_out_of_scope(stage: Stage, service: str, who: str) -> None:
    caller = person(stage, who)

    with as_application(stage, service, caller) as connection:
        seen = {table: shown(connection, table) for table in tables(connection)}

    assert seen == visible(service, caller, everything(stage, service))


def everything(stage: Stage, service: str) -> Rows:
    """All rows of all protected tables; what no scope at all shows is the business of nobody here."""
    with as_application(stage, service, WATCHER) as connection:
        query = 'SELECT md5(t::text) AS digest, t.* FROM "{}" t'
        return {table: list(connection.execute(sa.text(query.format(table))).all()) for table in tables(connection)}


@pytest.mark.feature("SEC-25")
@pytest.mark.parametrize("service", BUILT)
def test_without_a_scope_nothing_is_seen_and_nothing_is_changed(stage: Stage, service: str) -> None:
    with as_application(stage, service, None) as connection:
        found = {table: (shown(connection, table), changed(connection, table)) for table in tables(connection)}

    assert found == dict.fromkeys(found, ([], 0))


def changed(connection: sa.Connection, table: str) -> int:
    """How many rows a change without any condition reaches; audit rows nobody can change at all."""
    if table == "audit":
        return 0
    column = connection.execute(FIRST_COLUMN, {"table": table}).scalar_one()
    return connection.execute(sa.text(f'UPDATE "{table}" SET "{column}" = "{column}"')).rowcount


@pytest.mark.feature("SEC-25")
@pytest.mark.parametrize("service", BUILT)
def test_a_change_without_any_filter_reaches_nothing_out_of_scope(stage: Stage, service: str) -> None:
    caller = person(stage, "enterprise.business")

    with as_application(stage, service, caller) as connection:
        reached = {table: changed(connection, table) for table in tables(connection)}
        seen = {table: len(shown(connection, table)) if table != "audit" else 0 for table in reached}

    assert {table: count for table, count in reached.items() if count > seen[table]} == {}


@pytest.mark.feature("SEC-25")
@pytest.mark.parametrize("service", BUILT)
def test_nothing_is_moved_out_of_ones_scope(stage: Stage, service: str) -> None:
    """A row that would lie elsewhere afterwards is refused by the database."""
    caller, let_through = person(stage, "bureau.business"), []

    with as_application(stage, service, caller) as connection:
        for table in tables(connection):
            if table in ("audit", "message_reading") or not shown(connection, table):
                continue
            point = connection.begin_nested()
            try:
                connection.execute(sa.text(f"UPDATE \"{table}\" SET region = '520102'"))
                let_through.append(table)
            except sa.exc.ProgrammingError as error:
                if getattr(error.orig, "pgcode", None) != "42501":
                    let_through.append(f"{table}: {error.orig}")
            except sa.exc.IntegrityError:
                let_through.append(f"{table}: another rule came first")
            point.rollback()

    assert let_through == []


@pytest.mark.feature("SEC-25")
@pytest.mark.parametrize("service", BUILT)
@pytest.mark.parametrize("end", ["commit", "rollback", "error"])
def test_a_scope_does_not_outlive_its_transaction(stage: Stage, service: str, end: str) -> None:
    engine = stage.parts[service][1].engine
    with engine.connect() as connection:
        connection.exec_driver_sql(_BEGIN, WATCHER.settings() | {"read_only": "off"})
        if end == "error":
            with pytest.raises(sa.exc.DBAPIError):
                connection.execute(sa.text("SELECT 1/0"))
        connection.commit() if end == "commit" else connection.rollback()

        left = [shown(connection, table) for table in tables(connection)]

    assert left == [[]] * len(left)


@pytest.mark.feature("SEC-60")
@pytest.mark.parametrize("service", BUILT)
def test_audit_rows_are_neither_changed_nor_removed(stage: Stage, service: str) -> None:
    for statement in ("UPDATE audit SET actor = 'other'", "DELETE FROM audit", "DELETE FROM audit_seal", "TRUNCATE audit"):
        with (
            as_application(stage, service, WATCHER) as connection,
            pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
        ):
            connection.execute(sa.text(statement))
