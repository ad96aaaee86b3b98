"""Roles and supervision scopes of accounts."""

from typing import Any

from gateway.contract import accounts as contract
from gateway.identity import repository
from gateway.identity.answers import detail
from gateway.identity.authority import give_roles, require_may_change
from gateway.identity.domain import scope
from gateway.identity.domain.account import Account, AccountKind
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.SET_ROLES)
def set_account_roles(work: Work, account_id: str, roles: list[str], version: int | None = None) -> dict[str, Any]:
    account = _changeable(work, account_id, version)
    account.require_kind(AccountKind.REGULATOR, AccountKind.ENTERPRISE)
    give_roles(work, account, roles)
    repository.keep_account(work, account)
    return detail(work, account)


@handles(contract.SET_SCOPE)
def set_account_scope(
    work: Work, account_id: str, supervision: dict[str, Any] | None, version: int | None = None
) -> dict[str, Any]:
    account = _changeable(work, account_id, version)
    account.require_kind(AccountKind.REGULATOR)
    if supervision is not None:
        scope.require_within(work.caller.scope, supervision)
    account.supervision = supervision
    repository.keep_account(work, account)
    return detail(work, account)


def _changeable(work: Work, account_id: str, version: int | None) -> Account:
    account = repository.find_account(work, account_id)
    require_may_change(work, account)
    work.expect(account, version)
    return account
