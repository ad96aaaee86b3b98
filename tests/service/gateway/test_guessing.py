"""Guessing at passwords: captchas, locks, and one answer for known and unknown names."""

from statistics import median
from time import process_time
from typing import Any

import pytest
import redis
from flask import Flask

from gateway.identity.hashing import digest
from gateway.identity.service import SERVICE
from services.kernel.work import Database
from tests.service.gateway.builders import (
    PASSWORD,
    PLATFORM,
    a_name,
    an_official,
    sign_in,
)

WRONG = "Wrong#Password42x"


@pytest.mark.feature("SEC-05")
def test_three_failures_ask_for_a_captcha(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    account = an_official(identity)
    failures = [sign_in(app, account["username"], WRONG) for _ in range(3)]

    without = sign_in(app, account["username"])
    captcha = app.test_client().get("/api/v1/auth/captcha").json
    shown = {"captcha_id": captcha["captcha_id"], "captcha_text": memory.get(f"captcha:{captcha['captcha_id']}")}
    right = sign_in(app, account["username"], **shown)

    assert failures[2].json["details"] == {"captcha": "required"}
    assert without.json["code"] == "captcha.required"
    assert right.status_code == 200
    assert captcha["image"].startswith("data:image/png;base64,")


@pytest.mark.feature("SYS-06")
def test_a_captcha_is_good_once(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    account = an_official(identity)
    for _ in range(3):
        sign_in(app, account["username"], WRONG)
    captcha_id = app.test_client().get("/api/v1/auth/captcha").json["captcha_id"]
    shown = {"captcha_id": captcha_id, "captcha_text": memory.get(f"captcha:{captcha_id}")}

    used = sign_in(app, account["username"], WRONG, **shown)
    again = sign_in(app, account["username"], PASSWORD, **shown)

    assert used.json["code"] == "auth.wrong_credentials"
    assert again.json["code"] == "captcha.wrong"


def locked(app: Flask, memory: "redis.Redis[str]", username: str) -> list[Any]:
    answers = []
    for _ in range(7):
        captcha_id = app.test_client().get("/api/v1/auth/captcha").json["captcha_id"]
        shown = {"captcha_id": captcha_id, "captcha_text": memory.get(f"captcha:{captcha_id}")}
        answers.append(sign_in(app, username, WRONG, **shown).json["code"])
    return answers


@pytest.mark.feature("SYS-02", "SEC-05")
def test_five_failures_lock_a_name_known_or_not_alike(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    account = an_official(identity)

    known, unknown = locked(app, memory, account["username"]), locked(app, memory, a_name())

    assert known == unknown == ["auth.wrong_credentials"] * 5 + ["auth.locked"] * 2
    assert sign_in(app, account["username"]).json["code"] == "auth.locked"


@pytest.mark.feature("SEC-05")
def test_a_thousand_guesses_are_weighed_five_times_a_quarter_of_an_hour(
    app: Flask, identity: Database, memory: "redis.Redis[str]"
) -> None:
    """Each weighing is on record as a failure; the quarter of an hour begins anew with each, so that an hour has at most twenty."""
    account = an_official(identity)
    locked(app, memory, account["username"])

    answers = {sign_in(app, account["username"], f"{WRONG}{number}").json["code"] for number in range(1000)}

    weighed = {"operation": "gateway.sign_in", "result": "failed"}
    entries = SERVICE.call(identity, "list_trail", weighed, PLATFORM)["items"]
    assert answers == {"auth.locked"}
    assert sum(entry["changes"] == {"account": account["id"]} for entry in entries) == 5
    assert 0 < memory.ttl(f"sign_in:{digest(account['username'])}") <= 900


@pytest.mark.feature("SEC-05")
def test_a_wrong_captcha_answers_alike_for_known_and_unknown_names(app: Flask, identity: Database) -> None:
    known, unknown = an_official(identity)["username"], a_name()
    for name in (known, unknown):
        for _ in range(3):
            sign_in(app, name, WRONG)

    answers = [sign_in(app, name, WRONG, captcha_id="nothing-known", captcha_text="AAAA").json for name in (known, unknown)]

    for answer in answers:
        del answer["request_id"]
    assert answers[0] == answers[1]


@pytest.mark.feature("SEC-05")
def test_known_and_unknown_names_take_the_same_time(app: Flask, identity: Database) -> None:
    def seconds(name: str) -> float:
        started = process_time()  # Of this process alone, however busy the machine is.
        sign_in(app, name, WRONG)
        return process_time() - started

    names = [(an_official(identity)["username"], a_name()) for _ in range(7)]
    sign_in(app, a_name(), WRONG)
    pairs = [(seconds(known), seconds(unknown)) for known, unknown in names]

    known, unknown = median(k for k, _ in pairs), median(u for _, u in pairs)
    assert 0.5 < known / unknown < 2  # The slow hash is nearly all of it, so leaving it out would show.
