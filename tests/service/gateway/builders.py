"""People and places for tests of the gateway; every one is new."""

import itertools
import os
import time
from dataclasses import dataclass
from typing import Any

import orjson
import redis
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway import codes, sending
from gateway.identity.service import SERVICE
from services.kernel import clock, ids
from services.kernel.caller import Caller, Kind, Scope, system
from services.kernel.event import Event
from services.kernel.work import Database
from tests.stage.people import applicant

PASSWORD = "Xk7#mQ2$vLp9&tRw4"
PLATFORM = system("test")
_counter = itertools.count(os.getpid() * 1000 + time.time_ns() % 1000)


def a_name(stem: str = "person") -> str:
    return f"{stem}.{ids.token(10).lower()}"


def a_county() -> str:
    """A made-up county of Guizhou that no other test uses."""
    return f"5201{next(_counter) % 98 + 1:02d}{ids.new_id()[-3:].translate(str.maketrans('abcdef', '123456'))}"


def a_department(identity: Database, region: str = "520102", industries: tuple[str, ...] = ("*",), **more: Any) -> dict[str, Any]:
    args = {"name": a_name("部门"), "region": region, "industries": list(industries)} | more
    return SERVICE.call(identity, "create_department", args, PLATFORM)  # type: ignore[no-any-return]


def an_official(identity: Database, *roles: str, region: str = "520102", **more: Any) -> dict[str, Any]:
    """An account of government with a password of its own already."""
    department = more.pop("department", None) or a_department(identity, region, more.pop("industries", ("*",)))
    args = {"username": a_name(), "name": "测试人员", "department_id": department["id"], "roles": list(roles)}
    account = SERVICE.call(identity, "create_account", args, PLATFORM)
    settle(identity, account)
    return account  # type: ignore[no-any-return]


def settle(identity: Database, account: dict[str, Any], password: str = PASSWORD) -> None:
    """Change the first password, as its owner does."""
    scope = Scope(("*",), ("*",), (account["enterprise_id"],) if account["enterprise_id"] else ("*",))
    own = Caller(account["id"], account["name"], Kind(account["kind"]), scope=scope)
    SERVICE.call(identity, "change_password", {"old_password": account["first_password"], "new_password": password}, own)


def an_enterprise_admin(identity: Database, region: str = "520102", industry: str = "MK01") -> dict[str, Any]:
    """An applicant whose enterprise has been approved."""
    account = applicant(identity)
    hear_enterprise(identity, "approved", account["enterprise_id"], region, industry, 2)
    return account


def hear_enterprise(
    identity: Database, what: str, enterprise_id: str, region: str, industry: str = "MK01", version: int = 1
) -> None:
    """The enterprise service announces something about an enterprise."""
    status = {"registered": "pending", "approved": "approved", "changed": "approved", "restored": "approved"}.get(what, what)
    state = {
        "id": enterprise_id, "enterprise_id": enterprise_id, "region": region, "industry": industry, "version": version,
        "name": f"测试企业{enterprise_id[-6:]}", "status": status,
    }  # fmt: skip
    event = Event(
        ids.new_id(), "test/enterprise", f"enterprise.{what}.v1", enterprise_id, clock.now(), region, {"state": state}, "test"
    )
    with identity.work(PLATFORM, "test") as work:
        _, reaction = SERVICE.reactions[event.type]
        reaction(work, event, state, {})


def a_captcha(app: Flask, memory: "redis.Redis[str]") -> dict[str, Any]:
    """A picture, and what a person reads on it."""
    captcha_id = app.test_client().get("/api/v1/auth/captcha").json["captcha_id"]
    return {"captcha_id": captcha_id, "captcha_text": memory.get(f"captcha:{captcha_id}")}


def letter(memory: "redis.Redis[str]") -> dict[str, Any]:
    """The one that was put down last."""
    return dict(orjson.loads(str(memory.lindex(sending.LETTERS, -1))))


def code_in(text: str) -> str:
    return "".join(one for one in text.partition("验证码")[2] if one.isdigit())[: codes.LENGTH]


@dataclass
class Person:
    """Somebody at a browser or a program, with what he signed in with."""

    client: FlaskClient
    token: str

    def __call__(self, method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
        headers = more.pop("headers", {}) | {"Authorization": f"Bearer {self.token}"}
        return self.client.open(f"/api/v1{path}", method=method, json=json, headers=headers, **more)


def sign_in(app: Flask, username: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    return app.test_client().post("/api/v1/auth/login", json={"username": username, "password": password} | more)


def a_person(app: Flask, account: dict[str, Any], password: str = PASSWORD) -> Person:
    answer = sign_in(app, account["username"], password)
    assert answer.status_code == 200, answer.text
    return Person(app.test_client(), answer.json["token"])
