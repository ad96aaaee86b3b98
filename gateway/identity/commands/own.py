"""One's own account: opened to register an enterprise, and its password."""

from typing import Any

import sqlalchemy as sa

from gateway.contract import session as contract
from gateway.identity import repository
from gateway.identity.answers import shown
from gateway.identity.domain import password as rules
from gateway.identity.domain.account import Account, AccountKind
from gateway.identity.domain.role import is_administrator
from gateway.identity.hashing import hashed, is_right
from gateway.identity.profile import password_profile
from gateway.identity.tables import credential
from services.kernel import ids
from services.kernel.errors import Invalid
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_APPLICANT)
def create_applicant(work: Work, username: str, password: str, name: str, **captcha: str | None) -> dict[str, Any]:
    """The account carries the id under which its enterprise will be registered, so that it sees this one only."""
    rules.check(password, (username, name), False, password_profile())
    own = work.caller.scope.enterprises
    enterprise_id = ids.new_id() if own in ((), ("*",)) else own[0]
    place = work.deployment
    account = Account(
        ids.new_id(), AccountKind.APPLICANT, username.lower(), name, place, enterprise_id=enterprise_id, roles=["applicant"]
    )
    repository.keep_account(work, account)
    repository.set_credential(work, account.id, hashed(password), None)
    return shown(account)


@handles(contract.CHANGE_PASSWORD)
def change_password(work: Work, old_password: str, new_password: str) -> dict[str, Any]:
    """All sessions end, this one too; the gateway opens a new one for who has just proved himself."""
    account = repository.find_own_account(work)
    stored = work.session.scalar(sa.select(credential.c.hash).where(credential.c.account_id == account.id))
    if not is_right(stored, old_password):
        raise Invalid("password.wrong_old", "原密码不正确", old_password="原密码不正确")
    if new_password == old_password:
        raise Invalid("password.unchanged", "新密码不能与原密码相同", new_password="新密码不能与原密码相同")
    administers = is_administrator(work.caller.permissions)
    rules.check(new_password, (account.username, account.name), administers, password_profile())
    account.end_sessions()
    repository.keep_account(work, account)
    repository.set_credential(work, account.id, hashed(new_password), None)
    return {}
