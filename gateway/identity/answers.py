"""Accounts as they are shown: never with a credential, and with what roles and scope come to."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from gateway.identity.domain import scope
from gateway.identity.domain.account import Account
from gateway.identity.domain.department import Department
from gateway.identity.tables import credential, role
from services.kernel.caller import Scope
from services.kernel.work import Work

KEPT_FIRST, KEPT_LAST = 3, 4


def masked(row: dict[str, Any]) -> dict[str, Any]:
    """An account's row with as much of mobile and mailbox as tells them apart (rules 13.3)."""
    mobile, (name, at, host) = row["mobile"], (row["email"] or "").partition("@")
    hidden = mobile and f"{mobile[:KEPT_FIRST]}{'*' * (len(mobile) - KEPT_FIRST - KEPT_LAST)}{mobile[-KEPT_LAST:]}"
    return row | {"mobile": hidden, "email": f"{name[:1]}***{at}{host}" if name else None}


def shown(account: Account, is_first: bool = False) -> dict[str, Any]:
    return masked(whole(account)) | {"must_change_password": is_first}


def whole(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in Account.__dataclass_fields__}


def role_names(work: Work, codes: Iterable[str]) -> dict[str, str]:
    """What people call the roles of these codes."""
    return dict(work.session.execute(sa.select(role.c.code, role.c.name).where(role.c.code.in_(set(codes)))).tuples().all())


def detail(work: Work, person: Account) -> dict[str, Any]:
    """The account with the scope that its department and its supervision scope come to."""
    query = sa.select(credential.c.first_until).where(credential.c.account_id == person.id)
    body = whole(person) | {"must_change_password": work.session.scalar(query) is not None}
    return body | {"effective_scope": scope.as_words(scope_with(work, person, person.supervision))}


def scope_with(work: Work, person: Account, supervision: dict[str, Any] | None) -> Scope:
    """What the person sees if this is his supervision scope."""
    if person.department_id is None:
        return scope.of_enterprise(person.enterprise_id)
    place = work.session.get(Department, person.department_id)
    return scope.effective(scope.of_department(place.region, place.industries), supervision) if place else Scope()
