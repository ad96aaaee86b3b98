"""Whoever registers an enterprise: his account is opened once his mobile has proved to be his."""

from dataclasses import replace
from typing import Any

import pytest
import redis
from flask import Flask
from werkzeug.test import TestResponse

from gateway import codes, sending
from gateway.api import applicants
from gateway.app import create_app
from gateway.edge import Edge
from gateway.identity.hashing import digest
from services.kernel import ids
from tests.service.gateway.builders import PASSWORD, a_captcha, a_name, code_in, letter, sign_in


@pytest.fixture(autouse=True)
def _as_of_this_hour(memory: "redis.Redis[str]") -> None:
    memory.delete(sending.LETTERS, f"codes:applicant_from:{digest('127.0.0.1')}")


@pytest.fixture
def mobile() -> str:
    return f"139{int(ids.new_id().replace('-', ''), 16) % 10**8:08d}"


def asked(app: Flask, memory: "redis.Redis[str]", mobile: str) -> TestResponse:
    return app.test_client().post("/api/v1/auth/applicants/codes", json={"mobile": mobile} | a_captcha(app, memory))


def opened(app: Flask, mobile: str, **more: Any) -> TestResponse:
    body = {"username": a_name(), "password": PASSWORD, "name": "申请人", "mobile": mobile, "email": "chen@example.cn"}
    return app.test_client().post("/api/v1/auth/applicants", json=body | more)


def proof(app: Flask, memory: "redis.Redis[str]", mobile: str) -> dict[str, str]:
    """The code that came, with its id."""
    return {"code_id": asked(app, memory, mobile).json["code_id"], "code": code_in(letter(memory)["text"])}


@pytest.mark.feature("ENT-01")
def test_the_code_that_came_opens_one_account_with_its_mobile(app: Flask, memory: "redis.Redis[str]", mobile: str) -> None:
    name, shown = a_name(), proof(app, memory, mobile)

    done = opened(app, mobile, username=name, **shown)
    again = opened(app, mobile, **shown)

    assert (letter(memory)["to"], done.status_code, again.json["code"]) == (mobile, 201, "code.wrong")
    token = sign_in(app, name).json["token"]
    me = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json
    assert (me["kind"], me["mobile"], me["email"]) == ("applicant", mobile, "chen@example.cn")


def test_a_password_lost_later_is_found_by_the_mobile_of_the_registration(
    app: Flask, memory: "redis.Redis[str]", mobile: str
) -> None:
    name = a_name()
    opened(app, mobile, username=name, **proof(app, memory, mobile))

    app.test_client().post("/api/v1/auth/recovery-codes", json={"username": name} | a_captcha(app, memory))

    assert (letter(memory)["to"], "找回密码" in letter(memory)["text"]) == (mobile, True)


@pytest.mark.parametrize("wrong", ["none", "another code", "another mobile", "a captcha"])
def test_without_the_code_of_this_mobile_no_account_is_opened(
    app: Flask, memory: "redis.Redis[str]", mobile: str, wrong: str
) -> None:
    shown = proof(app, memory, mobile)
    given: dict[str, Any] = {
        "none": {},
        "another code": shown | {"code": f"{(int(shown['code']) + 1) % 10**6:06d}"},
        "another mobile": shown | {"mobile": "13900000000"},
        "a captcha": a_captcha(app, memory),
    }[wrong]

    refused = opened(app, **{"mobile": mobile} | given)

    assert (refused.status_code, refused.json["code"]) == (422, "code.wrong")
    assert opened(app, mobile, **shown).status_code == 201


def test_a_failure_of_another_kind_gives_the_code_back(app: Flask, memory: "redis.Redis[str]", mobile: str) -> None:
    taken = a_name()
    opened(app, mobile, username=taken, **proof(app, memory, mobile))
    shown = proof(app, memory, mobile)

    weak = opened(app, mobile, password="123456789012", **shown)
    twice = opened(app, mobile, username=taken, **shown)
    done = opened(app, mobile, **shown)

    assert (weak.json["code"], twice.json["code"], done.status_code) == ("password.too_common", "account.username_taken", 201)


def test_a_code_for_a_lost_password_opens_no_account(app: Flask, memory: "redis.Redis[str]", mobile: str) -> None:
    code_id, code = codes.new(memory, "recovery", account_id=None)

    assert opened(app, mobile, code_id=code_id, code=code).json["code"] == "code.wrong"


def test_codes_are_asked_for_seldom_by_number_and_by_address(app: Flask, memory: "redis.Redis[str]", mobile: str) -> None:
    of_number = [asked(app, memory, mobile).status_code for _ in range(codes.ASKED_AN_HOUR + 1)]
    memory.set(f"codes:applicant_from:{digest('127.0.0.1')}", applicants.FROM_ONE_ADDRESS)
    of_address = asked(app, memory, "13900000001")

    assert of_number == [200] * codes.ASKED_AN_HOUR + [429]
    assert (of_address.status_code, of_address.headers["Retry-After"]) == (429, "3600")


def test_without_the_captcha_no_code_is_sent(app: Flask, memory: "redis.Redis[str]", mobile: str) -> None:
    answer = app.test_client().post("/api/v1/auth/applicants/codes", json={"mobile": mobile})

    assert (answer.json["code"], memory.llen(sending.LETTERS)) == ("captcha.wrong", 0)


@pytest.mark.feature("ENT-01")
def test_a_site_without_short_messages_registers_by_the_captcha(edge: Edge, memory: "redis.Redis[str]", mobile: str) -> None:
    app, name = create_app(replace(edge, sends=frozenset())), a_name()

    answer = asked(app, memory, mobile)
    nobody = opened(app, mobile)
    done = opened(app, mobile, username=name, **a_captcha(app, memory))

    assert (answer.status_code, *sorted(answer.json)) == (200, "code_id", "expires_in")
    assert (memory.llen(sending.LETTERS), nobody.json["code"], done.status_code) == (0, "captcha.wrong", 201)
    assert sign_in(app, name).status_code == 200
