"""Codes (验证码) sent to somebody's mobile or mailbox: six digits, ten minutes, five tries, one use (SEC-10).

A code is kept with what it is for, whether or not there was anybody to send it to, so that an unknown name is answered as
a known one.  Redis forgets all of them on a restart without storage: then people ask for another.
"""

import hmac
from typing import Any

import orjson
import redis

from gateway.errors import TooMany
from gateway.identity.hashing import digest
from services.kernel import clock, ids
from services.kernel.errors import Invalid

SECONDS, TRIES, LENGTH = 600, 5, 6
ASKED_AN_HOUR, HOUR = 5, 3600


def require_seldom(memory: "redis.Redis[str]", purpose: str, who: str, most: int = ASKED_AN_HOUR) -> None:
    """Refuse the sixth code in an hour for one name, known or not; or as many as ``most`` allows."""
    key = f"codes:{purpose}:{digest(who)}"
    asked = int(memory.incr(key))
    memory.expire(key, HOUR, nx=True)
    if asked > most:
        raise TooMany("获取验证码过于频繁，请1小时后再试", HOUR)


def new(memory: "redis.Redis[str]", purpose: str, **subject: str | None) -> tuple[str, str]:
    """The code's id, and the code itself, which nobody but its receiver may see."""
    code_id, code = ids.token(), _digits()
    _keep(memory, code_id, {"digest": digest(code_id + code), "purpose": purpose, "tries": 0, "until": _now() + SECONDS, **subject})
    return code_id, code


def use(memory: "redis.Redis[str]", code_id: str, code: str, purpose: str) -> dict[str, Any]:
    """What the code was asked for; it is used up.  A wrong one costs one of its tries."""
    # Taken out while it is weighed: of two that ask at once, one finds nothing.
    body = memory.getdel(f"code:{code_id}")
    kept: dict[str, Any] = orjson.loads(body) if body else {}
    if kept and kept["purpose"] == purpose and hmac.compare_digest(kept["digest"], digest(code_id + code.strip())):
        return kept
    give_back(memory, code_id, kept)
    raise wrong()


def wrong() -> Invalid:
    """What is said of every code that opens nothing here, whatever the reason."""
    return Invalid("code.wrong", "验证码不正确或已过期", code="验证码不正确或已过期")


def give_back(memory: "redis.Redis[str]", code_id: str, kept: dict[str, Any]) -> None:
    """After a failure the code is good again, as long as tries and time are left."""
    if kept and kept["tries"] + 1 < TRIES:
        _keep(memory, code_id, kept | {"tries": kept["tries"] + 1})


def _keep(memory: "redis.Redis[str]", code_id: str, body: dict[str, Any]) -> None:
    if (left := body["until"] - _now()) > 0:
        memory.set(f"code:{code_id}", orjson.dumps(body).decode(), ex=left)


def _digits() -> str:
    found = ""
    while len(found) < LENGTH:
        found += "".join(one for one in ids.token(40) if one.isdigit())
    return found[:LENGTH]


def _now() -> int:
    return int(clock.now().timestamp())
