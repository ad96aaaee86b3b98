"""Signing in and out, captchas, one's sessions, tokens of other systems."""

import hmac
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from flask import Response, g, request

from gateway import captcha
from gateway.api import answering, reading
from gateway.api.views import READERS, answers, ask, dumped
from gateway.api.who import COOKIE, CSRF_COOKIE
from gateway.contract import clients
from gateway.contract import session as contract
from gateway.edge import edge
from gateway.errors import Unauthenticated
from gateway.identity import standing
from gateway.identity.domain.client import TOKEN_SECONDS, chosen
from gateway.identity.hashing import digest
from gateway.identity.standing import Standing
from gateway.identity.tables import client_secret
from gateway.sessions import ADMINISTRATORS, PEOPLE, Session
from services.kernel import clock, ids
from services.kernel.caller import Caller, system
from services.kernel.errors import NotFound
from services.kernel.work import write_audit


@answers(contract.SIGN_IN)
def sign_in(caller: Caller, args: dict[str, Any]) -> Response:
    found = edge().signing_in(args["username"], args["password"], args["captcha_id"], args["captcha_text"], caller)
    return _opened(found, args["carrier"] == "cookie")


def _opened(found: Standing, by_cookie: bool, until: datetime | None = None) -> Response:
    """A new session's answer; a page gets its token in a cookie that no script reads."""
    limits = ADMINISTRATORS if found.is_administrator else PEOPLE
    agent = request.headers.get("User-Agent")
    token, session = edge().sessions.open(found.caller.id, found.epoch, limits, by_cookie, request.remote_addr, agent, until)
    body = {
        "token": None if by_cookie else token, "csrf_token": session.csrf, "idle_seconds": int(limits.idle.total_seconds()),
        "expires_at": session.until, "must_change_password": found.must_change_password, "account": found.account,
    }  # fmt: skip
    response = answering.json(dumped(contract.SIGN_IN, body))
    if by_cookie:
        _set_cookies(response, token, session)
    return response


def _set_cookies(response: Response, token: str, session: Session) -> None:
    age = int((session.until - clock.now()).total_seconds())
    response.set_cookie(COOKIE, token, max_age=age, secure=request.is_secure, httponly=True, samesite="Strict")
    response.set_cookie(CSRF_COOKIE, session.csrf, max_age=age, secure=request.is_secure, samesite="Strict")


@answers(contract.SIGN_OUT)
def sign_out(caller: Caller, args: dict[str, Any]) -> Response:
    if args["everywhere"]:
        edge().sessions.end_all(caller.id)
    elif g.session is not None:
        edge().sessions.end(g.session)
    with edge().database.work(caller, "gateway.sign_out") as work:
        write_audit(work.session, caller, "gateway.sign_out", "done", {"everywhere": args["everywhere"]})
    response = answering.json({})
    for name in (COOKIE, CSRF_COOKIE):
        response.delete_cookie(name)
    return response


@answers(contract.REFRESH)
def refresh_session(caller: Caller, args: dict[str, Any]) -> Response:
    """A new token for the old one; the absolute end begins anew only with a password, so it is carried over."""
    session = _own_session()
    response = _opened(g.standing, session.by_cookie, session.until)
    edge().sessions.end(session)
    return response


@answers(contract.CHANGE_PASSWORD)
def change_password(caller: Caller, args: dict[str, Any]) -> Response:
    """Identity ends every session of the account; who has just proved himself goes on in a new one."""
    session = _own_session()
    ask("gateway", contract.CHANGE_PASSWORD, args, caller)
    edge().sessions.end_all(caller.id)
    found = standing.by_id(edge().database, caller.id)
    if found is None:
        raise Unauthenticated("auth.required", "请先登录")
    return _opened(found, session.by_cookie)


def _own_session() -> Session:
    session: Session | None = g.session
    if session is None:
        raise Unauthenticated("auth.required", "请先登录")
    return session


@answers(contract.GET_CAPTCHA)
def get_captcha(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    captcha_id, image = captcha.new(edge().memory)
    return {"captcha_id": captcha_id, "image": image, "expires_in": captcha.SECONDS}


@answers(contract.GET_CAPTCHA_AUDIO)
def get_captcha_audio(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    return {"audio": captcha.spoken(edge().memory, args["captcha_id"])}


@answers(contract.LIST_SESSIONS)
def list_sessions(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    this = g.session.id if g.session else None
    items = [
        {"id": s.id, "started_at": s.started_at, "last_seen_at": s.last_seen_at, "address": s.address, "agent": s.agent,
         "is_this_one": s.id == this}
        for s in edge().sessions.of(caller.id)
    ]  # fmt: skip
    return {"items": items}


@answers(contract.END_SESSION)
def end_session(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    found = edge().sessions.peek(args["session_id"])
    if found is None or found.account_id != caller.id:
        raise NotFound("session.not_found", "没有找到该会话")
    edge().sessions.end(found)
    return {}


READERS["gateway.issue_token"] = reading.form  # RFC 6749 §4.4.2


@answers(clients.TOKEN)
def issue_token(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    """OAuth2 client credentials: fifteen minutes for the permissions asked for among those granted."""
    basic = request.authorization if request.authorization and request.authorization.type == "basic" else None
    client_id = (basic.username if basic else args["client_id"]) or ""
    secret = (basic.password if basic else args["client_secret"]) or ""
    if not _knows_secret(client_id, secret):
        _record_token(caller, client_id, "failed")
        raise Unauthenticated("client.unknown", "接入系统编号或密钥不正确")
    found = standing.client_granted(edge().database, client_id, caller.address)
    if found is None:
        _record_token(caller, client_id, "failed")
        raise Unauthenticated("client.ended", "接入系统已停用、已到期或来源地址不符")
    scope, token = chosen(args["scope"], sorted(found.permissions)), ids.token(43)
    body = orjson.dumps({"client_id": found.id, "permissions": scope})
    edge().memory.set(f"client_token:{digest(token)}", body, ex=TOKEN_SECONDS)
    _record_token(replace(found, address=caller.address, request_id=caller.request_id), client_id, "done")
    return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": " ".join(scope)}


def _knows_secret(client_id: str, secret: str) -> bool:
    with edge().database.work(system("identity"), "token", read_only=True) as work:
        mine = (sa.cast(client_secret.c.client_id, sa.Text) == client_id.lower()) & (client_secret.c.valid_until > work.now)
        known = list(work.session.scalars(sa.select(client_secret.c.digest).where(mine)))
    return any([hmac.compare_digest(one, digest(secret)) for one in known])


def _record_token(caller: Caller, client_id: str, result: str) -> None:
    with edge().database.work(system("identity"), "gateway.issue_token") as work:
        write_audit(work.session, caller, "gateway.issue_token", result, {"client_id": client_id[:40]})
