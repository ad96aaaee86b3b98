"""A lost password: a code that reaches its owner, serves once, and tells nobody whether there is such an account."""

import threading
from typing import Any

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway import codes, sending
from gateway.identity.service import SERVICE
from services.kernel import ids
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, a_captcha, a_department, a_name, a_person, code_in, letter, settle, sign_in

FRESH = "Wp4!nB8$kTz2&qYs7"
MOBILE = "13985050001"


@pytest.fixture(autouse=True)
def _no_letters(memory: "redis.Redis[str]") -> None:
    memory.delete(sending.LETTERS)


def reachable(identity: Database, mobile: str | None = MOBILE) -> dict[str, Any]:
    """An official with a password of his own, who can be reached by a short message."""
    args = {"username": a_name(), "name": "测试人员", "department_id": a_department(identity)["id"], "mobile": mobile}
    account = SERVICE.call(identity, "create_account", args, PLATFORM)
    settle(identity, account)
    return account  # type: ignore[no-any-return]


def asked(app: Flask, memory: "redis.Redis[str]", username: str) -> TestResponse:
    return app.test_client().post("/api/v1/auth/recovery-codes", json={"username": username} | a_captcha(app, memory))


def completed(client: FlaskClient, code_id: str, code: str, password: str = FRESH) -> TestResponse:
    return client.post("/api/v1/auth/recovery", json={"code_id": code_id, "code": code, "new_password": password})


@pytest.mark.feature("SYS-05")
def test_the_answer_is_the_same_whether_there_is_such_an_account_or_not(
    app: Flask, identity: Database, memory: "redis.Redis[str]"
) -> None:
    names = [reachable(identity)["username"], reachable(identity, None)["username"], a_name("nobody")]

    answers = [asked(app, memory, name) for name in names]
    guesses = [completed(app.test_client(), answer.json["code_id"], "000000") for answer in answers]

    assert {(a.status_code, *sorted(a.json), a.json["expires_in"], len(a.json["code_id"])) for a in answers} == {
        (200, "code_id", "expires_in", 600, len(answers[0].json["code_id"]))
    }
    assert {(a.status_code, a.json["code"]) for a in guesses} == {(422, "code.wrong")}
    assert memory.llen(sending.LETTERS) == 1
    assert letter(memory)["to"] == MOBILE


@pytest.mark.feature("SYS-05")
def test_the_code_gives_one_new_password_and_ends_every_session(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    account = reachable(identity)
    before = a_person(app, account)
    code_id = asked(app, memory, account["username"]).json["code_id"]
    code = code_in(letter(memory)["text"])

    weak = completed(app.test_client(), code_id, code, "123456789012")
    done = completed(app.test_client(), code_id, code)
    again = completed(app.test_client(), code_id, code, FRESH[::-1])

    assert (weak.status_code, done.status_code, again.json["code"]) == (422, 200, "code.wrong")
    assert before("GET", "/me").status_code == 401
    assert sign_in(app, account["username"]).json["code"] == "auth.wrong_credentials"
    assert sign_in(app, account["username"], FRESH).status_code == 200
    row = SERVICE.call(identity, "list_trail", {"operation": "gateway.recover_password", "actor": account["id"]}, PLATFORM)["items"]
    assert [(one["result"], one["address"]) for one in row] == [("done", "127.0.0.1")]


@pytest.mark.feature("SEC-10")
def test_the_second_use_and_the_sixth_try_fail(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    account, client = reachable(identity), app.test_client()
    code_id = asked(app, memory, account["username"]).json["code_id"]
    code = code_in(letter(memory)["text"])
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    tries = [completed(client, code_id, wrong).status_code for _ in range(codes.TRIES)]

    assert tries == [422] * codes.TRIES
    assert completed(client, code_id, code).json["code"] == "code.wrong"
    assert memory.ttl(f"code:{asked(app, memory, account['username']).json['code_id']}") <= codes.SECONDS


@pytest.mark.feature("SEC-10")
def test_of_two_that_use_a_code_at_once_one_is_refused(memory: "redis.Redis[str]") -> None:
    code_id, code = codes.new(memory, "test", account_id="x")
    served: list[bool] = []

    def use() -> None:
        try:
            served.append(codes.use(memory, code_id, code, "test")["account_id"] == "x")
        except Exception:
            served.append(False)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(served) == [False] * 7 + [True]


def test_codes_are_asked_for_five_times_an_hour_known_or_not(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    for name in (reachable(identity)["username"], a_name("nobody")):
        answers = [asked(app, memory, name) for _ in range(codes.ASKED_AN_HOUR + 1)]

        assert [a.status_code for a in answers] == [200] * codes.ASKED_AN_HOUR + [429]
        assert answers[-1].headers["Retry-After"] == "3600"


def test_without_the_captcha_no_code_is_sent(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    answer = app.test_client().post("/api/v1/auth/recovery-codes", json={"username": reachable(identity)["username"]})

    assert (answer.json["code"], memory.llen(sending.LETTERS)) == ("captcha.wrong", 0)


def test_another_mobile_needs_the_password_and_the_code_that_was_sent_there(
    app: Flask, identity: Database, memory: "redis.Redis[str]"
) -> None:
    account = reachable(identity)
    person, colleague = a_person(app, account), a_person(app, reachable(identity))
    wanted = {"kind": "mobile", "address": "13985059999"}

    refused = person("POST", "/me/contact-codes", wanted | {"password": "Wrong#Password42x"})
    away = person("POST", "/me/contact-codes", {"kind": "email", "address": "a@b.cn", "password": "Xk7#mQ2$vLp9&tRw4"})
    code_id = person("POST", "/me/contact-codes", wanted | {"password": "Xk7#mQ2$vLp9&tRw4"}).json["code_id"]
    sent = letter(memory)
    stolen = colleague("PUT", "/me/contact", {"code_id": code_id, "code": code_in(sent["text"])})

    assert (refused.json["code"], away.json["code"], sent["to"], stolen.json["code"]) == (
        "password.wrong", "contact.away", "13985059999", "code.wrong",
    )  # fmt: skip
    code_id = person("POST", "/me/contact-codes", wanted | {"password": "Xk7#mQ2$vLp9&tRw4"}).json["code_id"]
    changed = person("PUT", "/me/contact", {"code_id": code_id, "code": code_in(letter(memory)["text"])})
    assert (changed.json["mobile"], person("GET", "/me").json["mobile"]) == ("139****9999", "13985059999")


def test_a_letter_that_fails_is_tried_three_times_under_its_id(memory: "redis.Redis[str]") -> None:
    tried: list[str] = []

    def fail(letter_id: str, to: str, text: str) -> None:
        tried.append(letter_id)
        raise OSError("away")

    sending.put_down(memory, sending.MOBILE, MOBILE, ids.token())
    for _ in range(5):
        sending.send_all(memory, {sending.MOBILE: fail})

    assert len(tried) == sending.TRIES and len(set(tried)) == 1
    assert memory.llen(sending.LETTERS) == 0


def test_a_role_out_of_use_gives_nobody_anything_and_is_not_given(app: Flask, identity: Database) -> None:
    code = a_name("role").replace(".", "_")
    body = {"code": code, "name": "部门查阅", "kind": "government", "permissions": ["gateway.departments.read"]}
    SERVICE.call(identity, "create_role", body, PLATFORM)
    account = reachable(identity)
    SERVICE.call(identity, "set_account_roles", {"account_id": account["id"], "roles": [code]}, PLATFORM)
    person = a_person(app, account)
    before = person("GET", "/departments").status_code

    rested = {name: body[name] for name in ("code", "name", "permissions")} | {"is_active": False}
    SERVICE.call(identity, "change_role", rested, PLATFORM)

    assert (before, person("GET", "/departments").status_code) == (200, 403)
    with pytest.raises(Exception, match=r"role\.out_of_use"):
        SERVICE.call(identity, "set_account_roles", {"account_id": reachable(identity)["id"], "roles": [code]}, PLATFORM)


def test_a_captcha_is_read_aloud_without_being_used_up(app: Flask, memory: "redis.Redis[str]") -> None:
    client = app.test_client()
    captcha_id = client.get("/api/v1/auth/captcha").json["captcha_id"]

    heard = client.get(f"/api/v1/auth/captcha/{captcha_id}/audio")

    assert heard.json["audio"].startswith("data:audio/wav;base64,UklGR")
    assert memory.get(f"captcha:{captcha_id}")
    assert client.get("/api/v1/auth/captcha/none/audio").json["code"] == "captcha.gone"
