"""Who asks: a session by cookie or token, an API client by token, or nobody."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import orjson
from flask import g, request

from gateway.edge import Edge, edge
from gateway.errors import Unauthenticated
from gateway.identity import standing
from gateway.identity.hashing import digest
from gateway.sessions import Session
from services.kernel import ids, telemetry
from services.kernel.caller import PUBLIC, Caller, Kind
from services.kernel.contract import Operation
from services.kernel.errors import Forbidden
from services.kernel.work import write_audit

COOKIE, CSRF_COOKIE, CSRF_HEADER = "session", "csrf", "X-CSRF-Token"
BACKGROUND = "X-Background"  # Sent by a page that asks by itself, while nobody touches it.
SAFE = ("GET", "HEAD", "OPTIONS")
BEFORE_PASSWORD_CHANGE = ("change_password", "sign_out")
_WELL_FORMED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def identify() -> None:
    """Before every request: its id, and the caller behind it as he stands this moment."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if 8 <= len(given) <= 64 and set(given) <= _WELL_FORMED else ids.new_id()
    telemetry.request_id.set(g.request_id)
    g.session, g.standing = None, None
    g.caller = Caller("public", "未登录访客", Kind.PUBLIC, address=request.remote_addr, request_id=g.request_id)
    if request.path.startswith("/api/"):
        caller = _by_token(edge()) or _by_cookie(edge())
        if caller is not None:
            g.caller = replace(caller, address=request.remote_addr, request_id=g.request_id)


def _by_token(at: Edge) -> Caller | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    session = at.sessions.find(token, BACKGROUND not in request.headers)
    if session is not None:
        return None if session.by_cookie else stand(at, session)
    return _by_client_token(at, token, request.remote_addr)


def _by_client_token(at: Edge, token: str, address: str | None) -> Caller | None:
    body = at.memory.get(f"client_token:{digest(token)}")
    if body is None:
        return None
    granted = orjson.loads(str(body))
    return standing.client_caller(at.database, granted["client_id"], granted["permissions"], address)


def _by_cookie(at: Edge) -> Caller | None:
    token = request.cookies.get(COOKIE)
    session = at.sessions.find(token, BACKGROUND not in request.headers) if token else None
    if session is None or not session.by_cookie:
        return None
    if request.method not in SAFE:
        given = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(given.encode(), session.csrf.encode()) or not _is_own_origin():
            raise Forbidden("auth.cross_site", "请求来源校验未通过，请刷新页面后重试")
    return stand(at, session)


def stand(at: Edge, session: Session) -> Caller | None:
    """The session's caller, unless the account may no longer enter or its sessions were ended."""
    found = standing.by_id(at.database, session.account_id)
    if found is None or not found.may_enter or found.epoch != session.epoch:
        at.sessions.end(session)
        return None
    g.session, g.standing = session, found
    return found.caller


@dataclass(frozen=True)
class Asker:
    """Who asked on a connection that stays open, by what he showed."""

    session: Session | None
    token: str
    address: str | None

    @classmethod
    def of_this_request(cls) -> "Asker":
        return cls(g.session, request.headers.get("Authorization", "").partition(" ")[2], g.caller.address)


def callers(at: Edge, askers: Sequence[Asker]) -> dict[Asker, Caller]:
    """Those of them who still may ask, as they stand now: looked up together, which keeps no session from falling idle."""
    people = [(one, one.session) for one in askers if one.session is not None]
    living = at.sessions.living([session.id for _, session in people])
    found = standing.by_ids(at.database, list({session.account_id for _, session in people}))
    callers = {}
    for one, session in people:
        account = found.get(session.account_id)
        if session.id in living and account is not None and account.may_enter and account.epoch == session.epoch:
            callers[one] = account.caller
    clients = {one: _by_client_token(at, one.token, one.address) for one in askers if one.session is None}
    return callers | {one: caller for one, caller in clients.items() if caller is not None}


def _is_own_origin() -> bool:
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def admit(service: str, operation: Operation) -> Caller:
    """The caller, if he may ask for this operation at all; a refusal is audited."""
    caller: Caller = g.caller
    if operation.permission != PUBLIC:
        if caller.kind == Kind.PUBLIC:
            raise Unauthenticated("auth.required", "请先登录")
        if g.standing is not None and g.standing.must_change_password and operation.name not in BEFORE_PASSWORD_CHANGE:
            raise Forbidden("auth.password_change_required", "请先修改密码")
    try:
        caller.require(operation.permission)
    except Forbidden:
        with edge().database.work(caller, f"{service}.{operation.name}") as work:
            write_audit(work.session, caller, f"{service}.{operation.name}", "refused", {})
        raise
    return caller
