"""Accounts of government: opened, moved, disabled, given a new first password."""

from typing import Any

from gateway.contract import accounts as contract
from gateway.contract.permissions import ACCOUNTS_GRANT
from gateway.identity import repository
from gateway.identity.answers import shown
from gateway.identity.authority import give_roles, require_may_change
from gateway.identity.domain.account import Account, AccountKind
from gateway.identity.domain.password import FIRST_PASSWORD_LASTS
from gateway.identity.hashing import hashed
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_ACCOUNT)
def create_account(
    work: Work, username: str, name: str, department_id: str, roles: list[str], id: str | None = None, **contact: str | None
) -> dict[str, Any]:
    department = repository.find_department(work, department_id, lock=False)
    account = Account(
        id or ids.new_id(), AccountKind.REGULATOR, username.lower(), name, department.region, department_id=department.id
    )
    account.reach(**contact)
    if roles:
        work.caller.require(ACCOUNTS_GRANT.code)
        give_roles(work, account, roles)
    repository.keep_account(work, account)
    return with_first_password(work, account)


@handles(contract.CHANGE_ACCOUNT)
def change_account(
    work: Work, account_id: str, name: str, department_id: str, version: int | None = None, **contact: str | None
) -> dict[str, Any]:
    account = _of_government(work, account_id)
    work.expect(account, version)
    department = repository.find_department(work, department_id, lock=False)
    account.name = name
    account.reach(**contact)
    account.belong(department.id, department.region)
    repository.keep_account(work, account)
    return shown(account)


@handles(contract.DISABLE_ACCOUNT)
def disable_account(work: Work, account_id: str) -> dict[str, Any]:
    return disable(work, _of_government(work, account_id))


@handles(contract.ENABLE_ACCOUNT)
def enable_account(work: Work, account_id: str) -> dict[str, Any]:
    return enable(work, _of_government(work, account_id))


@handles(contract.RESET_PASSWORD)
def reset_password(work: Work, account_id: str) -> dict[str, Any]:
    return reset(work, _of_government(work, account_id))


def _of_government(work: Work, account_id: str) -> Account:
    account = repository.find_account(work, account_id)
    account.require_kind(AccountKind.REGULATOR)
    require_may_change(work, account)
    return account


def disable(work: Work, account: Account) -> dict[str, Any]:
    account.disable()
    repository.keep_account(work, account)
    return shown(account)


def enable(work: Work, account: Account) -> dict[str, Any]:
    account.enable()
    repository.keep_account(work, account)
    return shown(account)


def reset(work: Work, account: Account) -> dict[str, Any]:
    """Old sessions and the old password end; the new one is random and for the first sign-in only."""
    account.end_sessions()
    repository.keep_account(work, account)
    return with_first_password(work, account)


def with_first_password(work: Work, account: Account) -> dict[str, Any]:
    """The account as its creator sees it once, with a random first password."""
    password = ids.token(16)
    repository.set_credential(work, account.id, hashed(password), work.now + FIRST_PASSWORD_LASTS)
    return shown(account, is_first=True) | {"first_password": password}
