"""A lost password (密码找回): whoever receives a code at the mobile or mailbox of his account gives himself a new one.

Who asks learns nothing of the account: known or not, reached or not, the answer is the same.
"""

from dataclasses import replace

import redis

from gateway import codes, sending
from gateway.identity import repository, standing
from gateway.identity.commands.own import renew
from gateway.identity.hashing import digest
from gateway.identity.standing import Standing
from services.kernel.caller import Caller
from services.kernel.errors import Invalid
from services.kernel.work import Database

PURPOSE = "recovery"
TEXT = "您正在找回密码，验证码 {code}，10 分钟内有效。不是本人操作的，请忽略，密码不会改变。"


class Recovering:
    """The way back in; ``sends`` says how this site can reach people."""

    def __init__(self, database: Database, memory: "redis.Redis[str]", sends: frozenset[str]) -> None:
        self._database, self._redis, self._sends = database, memory, sends

    def ask(self, username: str) -> str:
        """Send a code where the account can be reached; the id under which it is answered, in any case."""
        codes.require_seldom(self._redis, PURPOSE, username.lower())
        found = standing.by_username(self._database, username)
        known = found[0] if found and found[0].may_enter else None
        code_id, code = codes.new(self._redis, PURPOSE, account_id=known.caller.id if known else None)
        if known and (way := self._way(known)):
            sending.put_down(self._redis, way, known.account[way], TEXT.format(code=code))
        return code_id

    def complete(self, code_id: str, code: str, new_password: str, caller: Caller) -> None:
        """A new password for the code's account, whose sessions all end; a lock by guesses at the door ends too."""
        kept = codes.use(self._redis, code_id, code, PURPOSE)
        found = standing.by_id(self._database, kept["account_id"]) if kept["account_id"] else None
        if found is None or not found.may_enter:
            raise codes.wrong()
        person = replace(found.caller, address=caller.address, request_id=caller.request_id)
        try:
            with self._database.work(person, "gateway.recover_password") as work:
                renew(work, repository.find_own_account(work), new_password)
        except Invalid:
            codes.give_back(self._redis, code_id, kept)
            raise
        self._redis.delete(f"sign_in:{digest(found.account['username'])}")

    def _way(self, known: Standing) -> str | None:
        return next((way for way in (sending.MOBILE, sending.EMAIL) if way in self._sends and known.account[way]), None)
