"""Who a session or a token stands for now: read anew at every request, so that every change of right works at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from gateway.identity.domain import scope
from gateway.identity.domain.account import AccountKind, Status
from gateway.identity.domain.client import Client
from gateway.identity.domain.password import is_outdated
from gateway.identity.domain.role import is_administrator
from gateway.identity.profile import password_profile
from gateway.identity.tables import account, credential, department, enterprise_ref, role
from services.kernel.caller import Caller, Kind, Scope, system
from services.kernel.work import Database

READER = system("identity")
GONE = ("deleted", "closed")  # Enterprises whose people may not enter.


@dataclass(frozen=True)
class Standing:
    """An account as it is this moment, and the caller it makes."""

    caller: Caller
    epoch: int
    may_enter: bool
    must_change_password: bool
    is_administrator: bool
    account: dict[str, Any]


def _columns() -> list[Any]:
    permissions = sa.select(sa.func.unnest(role.c.permissions)).where(role.c.code == sa.any_(account.c.roles), role.c.is_active)
    return [
        account, credential.c.hash, credential.c.set_at, credential.c.first_until, sa.func.clock_timestamp().label("now"),
        department.c.region.label("place"), department.c.industries, department.c.is_active.label("is_department_active"),
        enterprise_ref.c.status.label("enterprise_status"), sa.func.array(permissions.scalar_subquery()).label("permissions"),
    ]  # fmt: skip


_JOINED = (
    account.join(credential, credential.c.account_id == account.c.id, isouter=True)
    .join(department, department.c.id == account.c.department_id, isouter=True)
    .join(enterprise_ref, enterprise_ref.c.enterprise_id == account.c.enterprise_id, isouter=True)
)


# Built once: this is asked at every request.
_STANDING = sa.select(*_columns()).select_from(_JOINED)
_BY_ID = _STANDING.where(account.c.id == sa.bindparam("wanted"))
_BY_IDS = _STANDING.where(account.c.id == sa.any_(sa.bindparam("wanted", type_=ARRAY(UUID(as_uuid=False)))))
_BY_USERNAME = _STANDING.where(account.c.username == sa.bindparam("wanted"))


def by_id(database: Database, account_id: str) -> Standing | None:
    found = _found(database, _BY_ID, account_id)
    return found[0] if found else None


def by_ids(database: Database, account_ids: Sequence[str]) -> dict[str, Standing]:
    """Many at once, by the account's id."""
    with database.work(READER, "standing", read_only=True) as work:
        rows = work.session.execute(_BY_IDS, {"wanted": list(account_ids)}).mappings().all()
    return {row["id"]: _standing(row) for row in rows}


def by_username(database: Database, username: str) -> tuple[Standing, sa.RowMapping] | None:
    """The account of that name, and its row with the credential."""
    return _found(database, _BY_USERNAME, username.lower())


def _found(database: Database, query: sa.Select[Any], wanted: str) -> tuple[Standing, sa.RowMapping] | None:
    with database.work(READER, "standing", read_only=True) as work:
        row = work.session.execute(query, {"wanted": wanted}).mappings().one_or_none()
    return (_standing(row), row) if row else None


def _standing(row: sa.RowMapping) -> Standing:
    permissions = frozenset(row["permissions"] or ())
    outdated = row["set_at"] is not None and is_outdated(row["set_at"], row["now"], password_profile())
    must_change = row["first_until"] is not None or outdated
    caller = Caller(
        id=row["id"], name=row["name"], kind=Kind(row["kind"].value), permissions=permissions, scope=_scope(row),
        region=row["place"] or row["region"], department_id=row["department_id"], enterprise_id=row["enterprise_id"],
        unit_id=row["unit_id"],
    )  # fmt: skip
    may_enter = row["status"] == Status.ACTIVE and row["enterprise_status"] not in GONE
    shown = {c.name: row[c.name] for c in account.c} | {"must_change_password": must_change}
    return Standing(caller, row["epoch"], may_enter, must_change, is_administrator(permissions), shown)


def _scope(row: sa.RowMapping) -> Scope:
    if row["kind"] != AccountKind.REGULATOR:
        return scope.of_enterprise(row["enterprise_id"])
    if not row["is_department_active"]:
        return Scope()
    return scope.effective(scope.of_department(row["place"], row["industries"]), row["supervision"])


def client_granted(database: Database, client_id: str, address: str | None) -> Caller | None:
    """The caller that an API client makes with all it was granted, unless it has ended or calls from elsewhere."""
    with database.work(READER, "standing", read_only=True) as work:
        found = work.session.get(Client, client_id)
        if found is None or not found.may_enter(address, work.today):
            return None
    granted, seen = frozenset(found.permissions), scope.of_supervision(found.scope)
    return Caller(found.id, found.name, Kind.API_CLIENT, granted, seen, region=found.region)


def client_caller(database: Database, client_id: str, permissions: Iterable[str], address: str | None) -> Caller | None:
    """The caller that an API client's token makes: what the token carries among what is still granted."""
    found = client_granted(database, client_id, address)
    return replace(found, permissions=found.permissions & frozenset(permissions)) if found else None
