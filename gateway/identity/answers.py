"""Accounts as they are shown: never with a credential, and with what roles and scope come to."""

from typing import Any

import sqlalchemy as sa

from gateway.identity.domain import scope
from gateway.identity.domain.account import Account
from gateway.identity.domain.department import Department
from gateway.identity.tables import credential
from services.kernel.caller import Scope
from services.kernel.work import Work


def shown(account: Account, is_first: bool = False) -> dict[str, Any]:
    return {name: getattr(account, name) for name in Account.__dataclass_fields__} | {"must_change_password": is_first}


def detail(work: Work, person: Account) -> dict[str, Any]:
    """The account with the scope that its department and its supervision scope come to."""
    query = sa.select(credential.c.first_until).where(credential.c.account_id == person.id)
    body = shown(person, is_first=work.session.scalar(query) is not None)
    return body | {"effective_scope": scope.as_words(_scope_of(work, person))}


def _scope_of(work: Work, person: Account) -> Scope:
    if person.department_id is None:
        return scope.of_enterprise(person.enterprise_id)
    place = work.session.get(Department, person.department_id)
    return scope.effective(scope.of_department(place.region, place.industries), person.supervision) if place else Scope()
