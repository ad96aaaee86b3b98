"""One's own account: opened to register an enterprise, its password, how one is reached, pictures and personal menu."""

from typing import Any

import sqlalchemy as sa

from gateway.contract import applicants, own
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


@handles(applicants.CREATE_APPLICANT)
def create_applicant(
    work: Work, username: str, password: str, name: str, mobile: str, email: str, **proof: str | None
) -> dict[str, Any]:
    """The account carries the id under which its enterprise will be registered, so that it sees this one only."""
    rules.check(password, (username, name), False, password_profile())
    own = work.caller.scope.enterprises
    enterprise_id = ids.new_id() if own in ((), ("*",)) else own[0]
    place = work.deployment
    account = Account(
        ids.new_id(), AccountKind.APPLICANT, username.lower(), name, place, enterprise_id=enterprise_id, roles=["applicant"]
    )
    account.reach(mobile, email)
    repository.keep_account(work, account)
    repository.set_credential(work, account.id, hashed(password), None)
    return shown(account)


@handles(contract.CHANGE_PASSWORD)
def change_password(work: Work, old_password: str, new_password: str) -> dict[str, Any]:
    """All sessions end, this one too; the gateway opens a new one for who has just proved himself."""
    account = repository.find_own_account(work)
    if not knows_password(work, account, old_password):
        raise Invalid("password.wrong_old", "原密码不正确", old_password="原密码不正确")
    if new_password == old_password:
        raise Invalid("password.unchanged", "新密码不能与原密码相同", new_password="新密码不能与原密码相同")
    renew(work, account, new_password)
    return {}


def knows_password(work: Work, account: Account, password: str) -> bool:
    return is_right(work.session.scalar(sa.select(credential.c.hash).where(credential.c.account_id == account.id)), password)


def renew(work: Work, account: Account, new_password: str) -> None:
    """Give the account a password of its owner's own; every session ends."""
    administers = is_administrator(work.caller.permissions)
    rules.check(new_password, (account.username, account.name), administers, password_profile())
    account.end_sessions()
    repository.keep_account(work, account)
    repository.set_credential(work, account.id, hashed(new_password), None)


@handles(own.CHANGE_PICTURES)
def change_own_pictures(work: Work, avatar_id: str | None = None, signature_id: str | None = None) -> dict[str, Any]:
    account = repository.find_own_account(work)
    account.avatar_id, account.signature_id = avatar_id, signature_id
    repository.keep_account(work, account)
    return shown(account)


@handles(own.KEEP_SHORTCUTS)
def keep_shortcuts(work: Work, shortcuts: list[str]) -> dict[str, Any]:
    account = repository.find_own_account(work)
    account.shortcuts = list(dict.fromkeys(shortcuts))
    repository.keep_account(work, account)
    return shown(account)


def change_contact(work: Work, kind: str, address: str) -> dict[str, Any]:
    """The owner has shown that what is sent there reaches him."""
    account = repository.find_own_account(work)
    setattr(account, kind, address)
    repository.keep_account(work, account)
    return shown(account)
