"""What the person who asks may do to others' accounts and rights; the platform itself may do everything."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa

from gateway.identity import repository
from gateway.identity.domain.account import Account
from gateway.identity.domain.role import (
    Role,
    grants_of,
    is_administrator,
    permissions_of,
    require_grantable,
    require_one_office,
    require_subordinate,
)
from gateway.identity.domain.standard_roles import STANDARD_ROLES
from gateway.identity.tables import account as accounts
from gateway.operations import permissions as declared
from services.kernel import region
from services.kernel.caller import Kind
from services.kernel.errors import Invalid
from services.kernel.work import Work

KINDS_OF_ROLES = {"regulator": {"government", "platform"}, "enterprise": {"enterprise"}, "applicant": {"applicant"}}


@cache
def _companions() -> frozenset[str]:
    offices = {standard.code for standard in STANDARD_ROLES if standard.kind == "platform"}
    return frozenset(permission.code for _, permission in declared() if offices & set(permission.roles))


def require_apart(permissions: frozenset[str]) -> None:
    """The three offices stay apart, and apart from business."""
    require_one_office(permissions, _companions())


@cache
def of_authorities() -> frozenset[str]:
    """Permissions that roles of government and of platform administration alone hold at first."""
    ours = {standard.code for standard in STANDARD_ROLES if standard.kind in ("government", "platform")}
    return frozenset(p.code for _, p in declared() if p.roles and set(p.roles) <= ours)


def require_fit(kind: str, permissions: frozenset[str]) -> None:
    """Refuse authorities' permissions in a role for enterprises' people: they concern things that no enterprise owns."""
    if kind in ("enterprise", "applicant") and (extra := sorted(permissions & of_authorities())):
        raise Invalid("role.not_for_enterprises", "政府和平台管理的权限不能放入企业角色", permissions=" ".join(extra[:20]))


def require_may_give(work: Work, content: Iterable[str]) -> None:
    """Refuse to pass on what the caller's own roles do not let him give."""
    if work.caller.kind != Kind.SYSTEM:
        require_grantable(frozenset(content), grants_of(_own_roles(work)))


def require_may_change(work: Work, account: Account) -> None:
    """Refuse changes of himself, of peers and of superiors."""
    if work.caller.kind != Kind.SYSTEM:
        administers = is_administrator(permissions_of(repository.roles_named(work, account.roles)))
        own, target = region.prefix(work.caller.region or "000000"), region.prefix(account.region)
        require_subordinate(work.caller.id, own, account.id, target, administers)


def give_roles(work: Work, account: Account, codes: list[str]) -> None:
    """Replace the account's roles by others that fit its kind and that the caller may give."""
    roles = repository.roles_named(work, codes)
    for role in roles:
        if role.kind not in KINDS_OF_ROLES[account.kind]:
            raise Invalid("role.other_kind", f"角色「{role.name}」不适用于这类用户", role=role.id)
        if not role.is_active and role.id not in account.roles:
            raise Invalid("role.out_of_use", f"角色「{role.name}」已停用，不能授予", role=role.id)
    require_apart(permissions_of(roles))
    require_may_give(work, (code for role in roles if role.id not in account.roles for code in role.content()))
    account.roles = sorted({role.id for role in roles})


def require_role_of_place(work: Work, role: Role) -> None:
    """A role is kept by the administrators of its own or a wider place, and by nobody who holds it."""
    if work.caller.kind == Kind.SYSTEM:
        return
    wider = tuple(p for p in work.caller.scope.regions if p != "*")
    if not (role.region.startswith(wider) and wider):
        raise Invalid("role.elsewhere", "该角色由上级维护，不能修改")
    if role.id in {own.id for own in _own_roles(work)}:
        raise Invalid("role.your_own", "不能修改自己拥有的角色")


def require_offices_stay_apart(work: Work, changed: Role) -> None:
    """After a change of a role, none of its holders may join two offices."""
    holders = sa.select(accounts.c.roles).where(accounts.c.roles.any(changed.id)).distinct()
    for (codes,) in work.session.execute(holders):
        others: list[Any] = [r for r in repository.roles_named(work, codes) if r.id != changed.id]
        require_apart(permissions_of([*others, changed]))


def _own_roles(work: Work) -> list[Role]:
    own = work.session.get(Account, work.caller.id)
    return repository.roles_named(work, own.roles) if own else []
