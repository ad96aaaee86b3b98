"""Signing in: guesses are counted before they are weighed, and a stranger's name is answered like a known one.

A name has five tries in fifteen minutes, the last two with a captcha; then it is locked for fifteen minutes, known or
not.  An address has a hundred failures.  Every try but a locked one costs one slow hash, whatever comes of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import redis
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from gateway import captcha
from gateway.contract.events import ACCOUNT_SIGNED_IN
from gateway.errors import TooMany, Unauthenticated
from gateway.identity.hashing import digest, hashed, is_old, is_right
from gateway.identity.standing import Standing, by_username
from gateway.identity.tables import account, credential, enterprise_ref, sign_in_day
from services.kernel.caller import Caller, Kind, system
from services.kernel.errors import Invalid
from services.kernel.work import Database, Work, owner_of, write_audit

CAPTCHA_AFTER, LOCKED_AFTER, LOCKED_SECONDS = 3, 5, 15 * 60
FAILURES_OF_ADDRESS = 100
OPERATION = "gateway.sign_in"
Row = Mapping[str, Any] | sa.RowMapping


class SigningIn:
    """The door."""

    def __init__(self, database: Database, memory: "redis.Redis[str]", always_captcha: bool = False) -> None:
        self._database, self._redis, self._always = database, memory, always_captcha

    def __call__(self, username: str, password: str, captcha_id: str | None, captcha_text: str | None, caller: Caller) -> Standing:
        """The standing of whoever proves to be ``username``; Unauthenticated otherwise."""
        name, source = f"sign_in:{digest(username.lower())}", f"sign_in_from:{caller.address}"
        self._admit_try(name, source, captcha_id, captcha_text)
        found = by_username(self._database, username)
        standing: Standing | None = None
        row: Row = {}
        if found is not None:
            standing, row = found
        right = is_right(row.get("hash"), password)
        if standing is None or not right or not standing.may_enter or _is_stale(row):
            self._redis.incr(source)
            self._redis.expire(source, LOCKED_SECONDS)
            self._record_failure(standing, caller)
            raise self._refusal(name, known=standing if right else None, stale=right and _is_stale(row))
        self._redis.delete(name)
        enter(self._database, standing, caller, hashed(password) if is_old(row["hash"]) else None)
        return standing

    def _admit_try(self, name: str, source: str, captcha_id: str | None, captcha_text: str | None) -> None:
        if int(self._redis.get(source) or 0) >= FAILURES_OF_ADDRESS:
            raise TooMany("该地址登录失败次数过多，请15分钟后再试", LOCKED_SECONDS)
        tries = int(self._redis.incr(name))
        if tries > LOCKED_AFTER:
            self._redis.decr(name)
            raise Unauthenticated("auth.locked", "连续登录失败次数过多，已锁定15分钟，请稍后再试")
        self._redis.expire(name, LOCKED_SECONDS)
        asked = self._always or tries > CAPTCHA_AFTER
        if asked and not captcha.is_right(self._redis, captcha_id, captcha_text):
            self._redis.decr(name)
            code, message = ("captcha.wrong", "验证码不正确或已过期") if captcha_text else ("captcha.required", "请输入验证码")
            raise Invalid(code, message, captcha_text=message)

    def _refusal(self, name: str, known: Standing | None, stale: bool) -> Unauthenticated:
        """Only who knows the password learns more than that it was wrong."""
        if stale:
            return Unauthenticated("auth.first_password_expired", "初始密码已超过72小时，请联系管理员重置")
        if known is not None:
            return Unauthenticated("auth.disabled", "账号已停用，请联系管理员")
        more = {"captcha": "required"} if self._always or int(self._redis.get(name) or 0) >= CAPTCHA_AFTER else {}
        return Unauthenticated("auth.wrong_credentials", "用户名或密码不正确", **more)

    def _record_failure(self, standing: Standing | None, caller: Caller) -> None:
        with self._database.work(system("sign_in"), OPERATION) as work:
            changes = {"account": standing.caller.id if standing else None}
            write_audit(work.session, caller, OPERATION, "failed", changes, owner_of(standing and standing.caller))


def enter(database: Database, standing: Standing, caller: Caller, renewed: str | None = None) -> None:
    """Record that somebody who has proved who he is came in; ``renewed`` is his credential in today's form."""
    person = replace(standing.caller, address=caller.address, request_id=caller.request_id)
    with database.work(system("sign_in", caller.request_id), OPERATION) as work:
        mine = account.c.id == person.id
        work.session.execute(sa.update(account).where(mine).values(signed_in_at=work.now))
        if renewed is not None:
            work.session.execute(sa.update(credential).where(credential.c.account_id == person.id).values(hash=renewed))
        if person.enterprise_id and person.kind == Kind.ENTERPRISE:
            _announce(work, person)
        write_audit(work.session, person, OPERATION, "done", {})


def _is_stale(row: Row) -> bool:
    """A first password past its 72 hours."""
    return row.get("first_until") is not None and row["now"] > row["first_until"]


def _announce(work: Work, person: Caller) -> None:
    """Tell once a day that the enterprise's people were here."""
    fresh = insert(sign_in_day).values(enterprise_id=person.enterprise_id, day=work.today).on_conflict_do_nothing()
    if not work.session.execute(fresh).rowcount:  # type: ignore[attr-defined]
        return
    industry = sa.select(enterprise_ref.c.industry).where(enterprise_ref.c.enterprise_id == person.enterprise_id)
    state = {
        "id": person.enterprise_id, "enterprise_id": person.enterprise_id, "region": person.region,
        "industry": work.session.scalar(industry), "version": work.today.toordinal(), "at": work.now,
    }  # fmt: skip
    work.announce(ACCOUNT_SIGNED_IN.type, str(person.enterprise_id), str(person.region), {"state": state, "fact": {}})
