"""Roles: composed and changed by security administrators, within what they may give."""

import sqlalchemy as sa

from gateway.contract import roles as contract
from gateway.identity import repository
from gateway.identity.authority import (
    require_apart,
    require_fit,
    require_may_give,
    require_offices_stay_apart,
    require_role_of_place,
)
from gateway.identity.domain.role import Role
from gateway.identity.tables import account
from gateway.identity.tables import role as table
from gateway.operations import permissions as declared
from services.kernel.errors import Conflict, Invalid
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_ROLE)
def create_role(
    work: Work, code: str, name: str, kind: str, permissions: list[str], grants: list[str], remark: str
) -> dict[str, object]:
    place = work.caller.region or work.deployment
    role = Role(code, name, kind, place, is_edited=True)
    _compose(work, role, name, permissions, grants, remark)
    repository.keep_role(work, role)
    return shown(role)


@handles(contract.CHANGE_ROLE)
def change_role(
    work: Work,
    code: str,
    name: str,
    permissions: list[str],
    grants: list[str],
    remark: str,
    is_active: bool,
    version: int | None = None,
) -> dict[str, object]:
    """What is taken from a role, or the whole role when it goes out of use, its holders lack at their next request."""
    role = repository.find_role(work, code)
    work.expect(role, version)
    require_role_of_place(work, role)
    role.is_edited, role.is_active = True, is_active
    _compose(work, role, name, permissions, grants, remark)
    require_offices_stay_apart(work, role)
    repository.keep_role(work, role)
    return shown(role)


@handles(contract.DELETE_ROLE)
def delete_role(work: Work, code: str) -> dict[str, str]:
    role = repository.find_role(work, code)
    require_role_of_place(work, role)
    if role.is_standard:
        raise Conflict("role.standard", "标准角色不能删除")
    if work.session.execute(sa.select(account.c.id).where(account.c.roles.any(code)).limit(1)).first():
        raise Conflict("role.in_use", "该角色已授予用户，不能删除")
    work.session.execute(sa.delete(table).where(table.c.code == code))
    work.note(f"Role:{code}", {"deleted": True, "permissions": role.permissions})
    return {"id": code}


def _compose(work: Work, role: Role, name: str, permissions: list[str], grants: list[str], remark: str) -> None:
    known = {permission.code for _, permission in declared()}
    if unknown := sorted({*permissions, *grants} - known):
        raise Invalid("role.unknown_permission", f"没有代码为「{unknown[0]}」的权限", permission=unknown[0])
    require_apart(frozenset(permissions))
    require_fit(role.kind, frozenset(permissions))
    require_may_give(work, {*permissions, *grants} - role.content())
    role.name, role.remark = name, remark
    role.permissions, role.grants = sorted(set(permissions)), sorted(set(grants))


def shown(role: Role) -> dict[str, object]:
    return {"code": role.id} | {name: getattr(role, name) for name in Role.__dataclass_fields__}
