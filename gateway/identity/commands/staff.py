"""Accounts of an enterprise's people, kept by its administrator; and the administrator's own, rescued by a reviewer."""

from typing import Any

from gateway.contract import accounts as contract
from gateway.identity import repository
from gateway.identity.answers import shown
from gateway.identity.authority import give_roles, require_may_change
from gateway.identity.commands.accounts import disable, enable, reset, with_first_password
from gateway.identity.domain.account import Account, AccountKind
from gateway.identity.tables import enterprise_ref
from services.enterprise.contract.reference import find_reference
from services.kernel import ids
from services.kernel.errors import Forbidden, NotFound
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_STAFF)
def create_staff_account(
    work: Work,
    username: str,
    name: str,
    roles: list[str],
    unit_id: str | None = None,
    id: str | None = None,
    **contact: str | None,
) -> dict[str, Any]:
    if work.caller.enterprise_id is None or work.caller.region is None:
        raise Forbidden("account.no_enterprise", "只有企业管理员可以新增本企业人员账号")
    account = Account(
        id or ids.new_id(), AccountKind.ENTERPRISE, username.lower(), name, work.caller.region,
        enterprise_id=work.caller.enterprise_id, unit_id=repository.present_unit(work, unit_id),
    )  # fmt: skip
    account.reach(**contact)
    give_roles(work, account, roles)
    repository.keep_account(work, account)
    return with_first_password(work, account)


@handles(contract.CHANGE_STAFF)
def change_staff_account(
    work: Work, account_id: str, name: str, unit_id: str | None = None, version: int | None = None, **contact: str | None
) -> dict[str, Any]:
    account = _of_enterprise(work, account_id)
    work.expect(account, version)
    account.name, account.unit_id = name, repository.present_unit(work, unit_id)
    account.reach(**contact)
    repository.keep_account(work, account)
    return shown(account)


@handles(contract.DISABLE_STAFF)
def disable_staff_account(work: Work, account_id: str) -> dict[str, Any]:
    return disable(work, _of_enterprise(work, account_id))


@handles(contract.ENABLE_STAFF)
def enable_staff_account(work: Work, account_id: str) -> dict[str, Any]:
    return enable(work, _of_enterprise(work, account_id))


@handles(contract.RESET_STAFF_PASSWORD)
def reset_staff_password(work: Work, account_id: str) -> dict[str, Any]:
    return reset(work, _of_enterprise(work, account_id))


@handles(contract.RESET_ENTERPRISE_PASSWORD)
def reset_enterprise_password(work: Work, account_id: str) -> dict[str, Any]:
    """The way back for an enterprise whose administrator lost his password (rules 14)."""
    account = repository.find_account(work, account_id)
    if find_reference(work, enterprise_ref, account.enterprise_id or account.id) is None:
        raise NotFound("account.not_found", "没有找到该用户")
    if not {"enterprise_admin", "applicant"} & set(account.roles):
        raise Forbidden("account.other_kind", "只能重置企业管理员或注册申请人的密码")
    return reset(work, account)


def _of_enterprise(work: Work, account_id: str) -> Account:
    account = repository.find_account(work, account_id)
    account.require_kind(AccountKind.ENTERPRISE)
    require_may_change(work, account)
    return account
