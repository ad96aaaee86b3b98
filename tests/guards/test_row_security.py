"""The second wall: what the databases themselves guarantee, whatever the code forgets."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.local.databases import SERVICES, Addresses
from tests.guards.open_tables import DEFINED, KERNEL, OWN

OwnerEngine = Callable[[str], sa.Engine]

TABLES = """
SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""
SCOPED = """
SELECT tablename FROM pg_policies WHERE schemaname = 'public' AND cmd IN ('ALL', 'SELECT')
GROUP BY 1 HAVING bool_and(qual LIKE '%app.setting%')
"""
GRANTED_PARTITIONS = """
SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind IN ('r', 'p')
    AND has_table_privilege(:app, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
"""
VIEWS = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
    AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}' AND NOT coalesce(reloptions, '{}') @> '{security_invoker=on}'
"""
LOOSE_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname IN ('public', 'app') AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%')
"""
DEFINERS = """
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND n.nspname IN ('public', 'app')
"""
ROLE = "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = :app"
MAY_CREATE = (
    "SELECT has_schema_privilege(:app, 'public', 'CREATE') OR has_database_privilege(:app, current_database(), 'CREATE, TEMP')"
)


@pytest.fixture(params=SERVICES)
def ask(
    request: pytest.FixtureRequest, owner_engine: OwnerEngine, addresses: Callable[[str], Addresses]
) -> Callable[[str], list[Any]]:
    """Questions to one service's database about itself; ``ask.service`` tells which."""
    service = str(request.param)
    app = sa.make_url(addresses(service).url).username

    def of(question: str) -> list[Any]:
        with owner_engine(service).connect() as connection:
            wanted = {"app": app} if ":app" in question else {}
            return [tuple(row) for row in connection.execute(sa.text(question), wanted)]

    of.service = service  # type: ignore[attr-defined]
    return of


@pytest.mark.feature("SEC-25")
def test_every_table_is_protected_or_open_for_a_reason(ask: Any) -> None:
    known = KERNEL | OWN[ask.service]

    unprotected = {table for table, is_protected in ask(TABLES) if not is_protected}

    assert unprotected == set(known)


@pytest.mark.feature("SEC-26")
def test_partitions_are_reached_through_their_table_alone(ask: Any) -> None:
    assert ask(GRANTED_PARTITIONS) == []


@pytest.mark.feature("SEC-26")
def test_views_show_no_more_than_their_reader_may_see(ask: Any) -> None:
    assert ask(VIEWS) == []


@pytest.mark.feature("SEC-26")
def test_functions_with_their_owners_rights_choose_their_own_path(ask: Any) -> None:
    assert ask(LOOSE_FUNCTIONS) == []


@pytest.mark.feature("SEC-26")
def test_functions_with_their_owners_rights_are_known_by_name(ask: Any) -> None:
    assert {function for (function,) in ask(DEFINERS)} == set(DEFINED)


@pytest.mark.feature("SEC-25")
def test_the_application_cannot_pass_the_wall_or_change_structure(ask: Any) -> None:
    assert ask(ROLE) == [(False,)]
    assert ask(MAY_CREATE) == [(False,)]


@pytest.mark.feature("SEC-25")
def test_what_is_protected_is_protected_by_the_callers_scope(ask: Any) -> None:
    protected = {table for table, is_protected in ask(TABLES) if is_protected}

    assert {table for (table,) in ask(SCOPED)} == protected
