"""Accounts as lists and one by one; and oneself."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from gateway.contract import accounts as contract
from gateway.contract import session as session_contract
from gateway.identity import repository
from gateway.identity.answers import detail, masked, role_names, scope_with
from gateway.identity.domain import scope
from gateway.identity.domain.account import Account
from gateway.identity.tables import account, credential, department, enterprise_ref
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work, within

RUNNING = ("active", "suspended")
SHOWN = 10


@handles(contract.LIST_ACCOUNTS)
def list_accounts(
    work: Work,
    limit: int,
    cursor: str | None,
    q: str | None = None,
    role: str | None = None,
    **wanted: Any,
) -> dict[str, Any]:
    is_first = sa.exists().where(credential.c.account_id == account.c.id, credential.c.first_until.is_not(None))
    query = sa.select(account, is_first.label("must_change_password")).where(work.within(account))
    for name in ("kind", "status", "department_id", "enterprise_id"):
        if wanted.get(name) is not None:
            query = query.where(account.c[name] == wanted[name])
    if role:
        query = query.where(account.c.roles.any(role))
    if q:
        query = query.where(account.c.name.contains(q, autoescape=True) | account.c.username.contains(q.lower(), autoescape=True))
    found = paging.page(work.session, query, [account.c.id], limit, cursor)
    names = role_names(work, {code for row in found["items"] for code in row["roles"]})
    return found | {"items": [masked(row) | {"role_names": [names.get(c, c) for c in row["roles"]]} for row in found["items"]]}


@handles(contract.GET_ACCOUNT)
def get_account(work: Work, account_id: str) -> dict[str, Any]:
    return detail(work, work.find(Account, account_id, "用户", lock=False))


@handles(contract.PREVIEW_SCOPE)
def preview_account_scope(work: Work, account_id: str, is_set: bool, **lists: list[str]) -> dict[str, Any]:
    """What a scope would come to before it is set, and what the asker himself may see of that."""
    person = work.find(Account, account_id, "用户", lock=False)
    wanted = scope_with(work, person, lists if is_set else None)
    seen = sa.select(enterprise_ref).where(
        work.within(enterprise_ref),
        within(replace(work.caller, scope=wanted), enterprise_ref),
        enterprise_ref.c.status.in_(RUNNING),
    )
    count = work.session.scalar(sa.select(sa.func.count()).select_from(seen.subquery()))
    first = work.session.execute(seen.order_by(enterprise_ref.c.enterprise_id.desc()).limit(SHOWN)).mappings()
    items = [dict(row) | {"id": row["enterprise_id"]} for row in first]
    return {"effective_scope": scope.as_words(wanted), "count": count, "items": items}


@handles(contract.LIST_KNOWN)
def list_known_enterprises(work: Work, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    """Names to choose from for whoever gives scopes: an office has no business with the enterprises' files."""
    query = sa.select(enterprise_ref, enterprise_ref.c.enterprise_id.label("id")).where(
        work.within(enterprise_ref), enterprise_ref.c.status.in_(RUNNING)
    )
    if q:
        query = query.where(enterprise_ref.c.name.contains(q, autoescape=True))
    return paging.page(work.session, query, [enterprise_ref.c.enterprise_id], limit, cursor)


@handles(session_contract.GET_ME)
def get_me(work: Work) -> dict[str, Any]:
    person = repository.find_own_account(work, lock=False)
    body = detail(work, person) | {"permissions": sorted(work.caller.permissions), "scope": scope.as_words(work.caller.scope)}
    name_of_department = sa.select(department.c.name).where(department.c.id == person.department_id)
    name_of_enterprise = sa.select(enterprise_ref.c.name).where(enterprise_ref.c.enterprise_id == person.enterprise_id)
    body["department_name"] = work.session.scalar(name_of_department)
    body["enterprise_name"] = work.session.scalar(name_of_enterprise)
    return body
