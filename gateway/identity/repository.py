"""Finds and keeps accounts, departments, roles and clients."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from gateway.contract.events import DepartmentState
from gateway.identity.domain.account import Account
from gateway.identity.domain.client import Client
from gateway.identity.domain.department import Department
from gateway.identity.domain.events import DepartmentChanged
from gateway.identity.domain.role import Role
from gateway.identity.tables import account as accounts
from gateway.identity.tables import credential, merged_unit
from gateway.identity.tables import role as table
from services.kernel.errors import Invalid, NotFound
from services.kernel.work import Work, absent


def find_account(work: Work, account_id: str) -> Account:
    return work.find(Account, account_id, "用户")


def find_own_account(work: Work, lock: bool = True) -> Account:
    """The caller's own, however narrow his scope is."""
    query = sa.select(Account).where(accounts.c.id == work.caller.id)
    found = work.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise absent(Account, "用户")
    return found


def keep_account(work: Work, account: Account) -> None:
    work.keep(account)


def present_unit(work: Work, unit_id: str | None) -> str | None:
    """The unit, or the one into which it was merged, however often since; a merging that is just being heard waits."""
    of = merged_unit.c
    while unit_id is not None:
        lock_unit(work, unit_id, is_shared=True)
        into = work.session.scalar(sa.select(of.into_id).where(of.id == unit_id))
        if into is None:
            return unit_id
        unit_id = into
    return None


def lock_unit(work: Work, unit_id: str, is_shared: bool) -> None:
    """Identity has no row of a unit that was never merged; the lock ends with the transaction."""
    lock = sa.func.pg_advisory_xact_lock_shared if is_shared else sa.func.pg_advisory_xact_lock
    work.session.execute(sa.select(lock(sa.func.hashtextextended(f"org_unit:{unit_id}", 0))))


def find_department(work: Work, department_id: str, lock: bool = True) -> Department:
    return work.find(Department, department_id, "部门", lock)


def keep_department(work: Work, department: Department) -> None:
    work.keep(department, DepartmentState, DepartmentChanged())


def find_client(work: Work, client_id: str) -> Client:
    return work.find(Client, client_id, "接入系统")


def keep_client(work: Work, client: Client) -> None:
    work.keep(client)


def find_role(work: Work, code: str) -> Role:
    """Roles are read by every administrator, whatever his place; who may change one is the command's matter."""
    found = work.session.scalars(sa.select(Role).where(table.c.code == code).with_for_update()).one_or_none()
    if found is None:
        raise NotFound("role.not_found", "没有找到该角色")
    return found


def roles_named(work: Work, codes: Iterable[str]) -> list[Role]:
    """The roles of these codes; an unknown one is refused by name."""
    wanted = set(codes)
    found = list(work.session.scalars(sa.select(Role).where(table.c.code.in_(wanted))))
    if missing := wanted - {r.id for r in found}:
        raise Invalid("role.unknown", f"没有代码为「{min(missing)}」的角色", role=min(missing))
    return found


def keep_role(work: Work, role: Role) -> None:
    work.keep(role)


def set_credential(work: Work, account_id: str, hashed: str, first_until: datetime | None) -> None:
    values = {"hash": hashed, "set_at": work.now, "first_until": first_until}
    new = insert(credential).values(account_id=account_id, **values)
    work.session.execute(new.on_conflict_do_update(index_elements=["account_id"], set_=values))
    work.note(f"credential:{account_id}", {"is_first": first_until is not None})
