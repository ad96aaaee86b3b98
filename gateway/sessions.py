"""Sessions in Redis: opaque tokens of 130 random bits, stored hashed, that end by idleness, by age or at once.

Redis forgets everything on a restart without storage: then people sign in again, and nobody is let in by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import redis

from gateway.identity.hashing import digest
from services.kernel import clock, ids


@dataclass(frozen=True)
class Limits:
    idle: timedelta
    absolute: timedelta


PEOPLE = Limits(timedelta(minutes=30), timedelta(hours=12))
ADMINISTRATORS = Limits(timedelta(minutes=15), timedelta(hours=8))


@dataclass(frozen=True)
class Session:
    """``id`` is the token's digest: it names the session and opens nothing."""

    id: str
    account_id: str
    epoch: int
    csrf: str
    by_cookie: bool
    started_at: datetime
    until: datetime
    last_seen_at: datetime
    address: str | None
    agent: str | None


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, memory: "redis.Redis[str]") -> None:
        self._redis = memory

    def open(
        self,
        account_id: str,
        epoch: int,
        limits: Limits,
        by_cookie: bool,
        address: str | None,
        agent: str | None,
        until: datetime | None = None,
    ) -> tuple[str, Session]:
        """A new token, and the session it opens; ``until`` keeps the end of the session that it replaces."""
        token, now = ids.token(), clock.now()
        end = until or now + limits.absolute
        session = Session(digest(token), account_id, epoch, ids.token(), by_cookie, now, end, now, address, (agent or "")[:120])
        body: dict[str | bytes, bytes | float | int | str] = {
            "account_id": account_id, "epoch": epoch, "csrf": session.csrf, "by_cookie": int(by_cookie),
            "started_at": now.isoformat(), "until": session.until.isoformat(), "last_seen_at": now.isoformat(),
            "address": address or "", "agent": session.agent or "", "idle": int(limits.idle.total_seconds()),
        }  # fmt: skip
        with self._redis.pipeline() as pipe:
            pipe.hset(_key(session.id), mapping=body)
            pipe.expire(_key(session.id), limits.idle)
            pipe.sadd(_index(account_id), session.id)
            pipe.expire(_index(account_id), PEOPLE.absolute)
            pipe.execute()
        return token, session

    def find(self, token: str, keeps_alive: bool = True) -> Session | None:
        """The living session of a token; finding it keeps it from falling idle, unless nobody sits before the page."""
        session_id = digest(token)
        body = self._redis.hgetall(_key(session_id))
        if not body or "until" not in body:
            return None
        session = _session(session_id, body)
        if clock.now() >= session.until:
            self.end(session)
            return None
        if not keeps_alive:
            return session
        with self._redis.pipeline() as pipe:
            pipe.hset(_key(session_id), "last_seen_at", clock.now().isoformat())
            pipe.expire(_key(session_id), int(body["idle"]))
            pipe.execute()
        return session

    def peek(self, session_id: str) -> Session | None:
        """The session without keeping it alive."""
        body = self._redis.hgetall(_key(session_id))
        session = _session(session_id, body) if "until" in body else None
        return session if session and clock.now() < session.until else None

    def living(self, session_ids: Sequence[str]) -> set[str]:
        """Which of these still live, asked at once; asking keeps none of them alive."""
        with self._redis.pipeline(transaction=False) as pipe:
            for session_id in session_ids:
                pipe.hget(_key(session_id), "until")
            ends, now = pipe.execute(), clock.now()
        return {one for one, end in zip(session_ids, ends, strict=True) if end and now < datetime.fromisoformat(end)}

    def of(self, account_id: str) -> list[Session]:
        """The account's living sessions, newest first."""
        found = [self.peek(session_id) for session_id in self._redis.smembers(_index(account_id))]
        return sorted((s for s in found if s), key=lambda s: s.started_at, reverse=True)

    def end(self, session: Session) -> None:
        self._redis.delete(_key(session.id))
        self._redis.srem(_index(session.account_id), session.id)

    def end_all(self, account_id: str) -> None:
        """Sign out everywhere."""
        for session_id in self._redis.smembers(_index(account_id)):
            self._redis.delete(_key(session_id))
        self._redis.delete(_index(account_id))


def _key(session_id: str) -> str:
    return f"session:{session_id}"


def _index(account_id: str) -> str:
    return f"sessions:{account_id}"


def _session(session_id: str, body: dict[str, Any]) -> Session:
    moments = {name: datetime.fromisoformat(body[name]) for name in ("started_at", "until", "last_seen_at")}
    return Session(
        id=session_id, account_id=body["account_id"], epoch=int(body["epoch"]), csrf=body["csrf"],
        by_cookie=body["by_cookie"] == "1", address=body["address"] or None, agent=body["agent"] or None, **moments,
    )  # fmt: skip
