"""Signing in and out."""

from statistics import median
from time import process_time
from typing import Any

import pytest
import redis
from flask import Flask

from gateway.identity.domain.password import FIRST_PASSWORD_LASTS
from gateway.identity.hashing import digest
from gateway.identity.service import SERVICE
from services.kernel import clock
from services.kernel.work import Database
from tests.service.gateway.builders import (
    PASSWORD,
    PLATFORM,
    a_department,
    a_name,
    a_person,
    an_official,
    sign_in,
)

WRONG = "Wrong#Password42x"


def fresh_account(identity: Database, *roles: str) -> dict[str, Any]:
    args = {"username": a_name(), "name": "新人员", "department_id": a_department(identity)["id"], "roles": list(roles)}
    return SERVICE.call(identity, "create_account", args, PLATFORM)  # type: ignore[no-any-return]


def test_a_right_password_opens_a_session(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")

    person = a_person(app, account)

    assert person("GET", "/me").json["username"] == account["username"]


def test_the_name_is_the_same_in_upper_and_lower_case(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")

    assert sign_in(app, account["username"].upper()).status_code == 200


def test_without_a_session_nothing_but_public_answers(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/me")

    assert (answer.status_code, answer.json["code"]) == (401, "auth.required")


def test_a_first_password_opens_only_password_change_and_sign_out(app: Flask, identity: Database) -> None:
    person = a_person(app, account := fresh_account(identity, "system_admin"), account["first_password"])

    refused = [person("GET", path).json["code"] for path in ("/me", "/departments", "/accounts")]
    change = person("POST", "/auth/password", {"old_password": account["first_password"], "new_password": PASSWORD})

    assert refused == ["auth.password_change_required"] * 3
    assert change.status_code == 200 and not change.json["must_change_password"]
    assert sign_in(app, account["username"], account["first_password"]).status_code == 401


def test_a_first_password_ends_after_72_hours(app: Flask, identity: Database) -> None:
    with clock.simulate(clock.now() - FIRST_PASSWORD_LASTS):
        account = fresh_account(identity)

    answer = sign_in(app, account["username"], account["first_password"])

    assert answer.json["code"] == "auth.first_password_expired"


def test_a_password_change_ends_every_older_session(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")
    here, there = a_person(app, account), a_person(app, account)

    answer = here("POST", "/auth/password", {"old_password": PASSWORD, "new_password": PASSWORD + "New"})

    assert there("GET", "/me").status_code == 401
    assert here("GET", "/me").status_code == 401
    here.token = answer.json["token"]
    assert here("GET", "/me").status_code == 200


@pytest.mark.feature("SYS-03")
def test_a_second_sign_in_shows_the_first_session_and_can_end_it(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")
    first, second = a_person(app, account), a_person(app, account)

    others = [s for s in second("GET", "/auth/sessions").json["items"] if not s["is_this_one"]]
    second("DELETE", f"/auth/sessions/{others[0]['id']}")

    assert len(others) == 1
    assert first("GET", "/me").status_code == 401


def test_nobody_ends_another_persons_session(app: Flask, identity: Database) -> None:
    one, other = a_person(app, an_official(identity)), a_person(app, an_official(identity))
    session = one("GET", "/auth/sessions").json["items"][0]

    assert other("DELETE", f"/auth/sessions/{session['id']}").status_code == 404
    assert one("GET", "/me").status_code == 200


def test_signing_out_everywhere_ends_all_sessions(app: Flask, identity: Database) -> None:
    account = an_official(identity)
    here, there = a_person(app, account), a_person(app, account)

    here("POST", "/auth/logout", {"everywhere": True})

    assert [p("GET", "/me").status_code for p in (here, there)] == [401, 401]


def test_a_refreshed_session_leaves_its_old_token_dead(app: Flask, identity: Database) -> None:
    person = a_person(app, an_official(identity))

    renewed = person("POST", "/auth/refresh").json["token"]

    assert person("GET", "/me").status_code == 401
    person.token = renewed
    assert person("GET", "/me").status_code == 200


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


@pytest.mark.feature("SYS-02")
def test_five_failures_lock_a_name_known_or_not_alike(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    account = an_official(identity)

    known, unknown = locked(app, memory, account["username"]), locked(app, memory, a_name())

    assert known == unknown == ["auth.wrong_credentials"] * 5 + ["auth.locked"] * 2
    assert sign_in(app, account["username"]).json["code"] == "auth.locked"


def test_a_wrong_captcha_answers_alike_for_known_and_unknown_names(app: Flask, identity: Database) -> None:
    known, unknown = an_official(identity)["username"], a_name()
    for name in (known, unknown):
        for _ in range(3):
            sign_in(app, name, WRONG)

    answers = [sign_in(app, name, WRONG, captcha_id="nothing-known", captcha_text="AAAA").json for name in (known, unknown)]

    for answer in answers:
        del answer["request_id"]
    assert answers[0] == answers[1]


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


def test_a_disabled_account_is_out_at_the_next_request(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")
    person = a_person(app, account)

    SERVICE.call(identity, "disable_account", {"account_id": account["id"]}, PLATFORM)

    assert person("GET", "/me").status_code == 401
    assert sign_in(app, account["username"]).json["code"] == "auth.disabled"
    assert sign_in(app, account["username"], WRONG).json["code"] == "auth.wrong_credentials"


def test_an_idle_session_ends(app: Flask, identity: Database, memory: "redis.Redis[str]") -> None:
    answer = sign_in(app, an_official(identity, "regulator")["username"])
    (key,) = [k for k in memory.scan_iter("session:*") if memory.hget(k, "account_id") == answer.json["account"]["id"]]

    assert answer.json["idle_seconds"] == 1800
    assert 1700 < memory.ttl(key) <= 1800


def test_a_page_that_asks_by_itself_keeps_no_session_from_falling_idle(
    app: Flask, identity: Database, memory: "redis.Redis[str]"
) -> None:
    person = a_person(app, an_official(identity))
    key = f"session:{digest(person.token)}"
    memory.expire(key, 60)

    assert person("GET", "/me", headers={"X-Background": "1"}).status_code == 200
    assert memory.ttl(key) <= 60
    assert person("GET", "/me").status_code == 200
    assert memory.ttl(key) > 60


def test_a_session_ends_after_twelve_hours_however_busy(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")
    with clock.simulate(clock.now().replace(year=clock.now().year - 1)):
        person = a_person(app, account)

    assert person("GET", "/me").status_code == 401


def test_administrators_have_shorter_sessions(app: Flask, identity: Database) -> None:
    assert sign_in(app, an_official(identity, "system_admin")["username"]).json["idle_seconds"] == 900


def test_a_cookie_session_writes_only_with_its_csrf_token(app: Flask, identity: Database) -> None:
    account = an_official(identity)
    browser = app.test_client()
    opened = browser.post("/api/v1/auth/login", json={"username": account["username"], "password": PASSWORD, "carrier": "cookie"})

    read = browser.get("/api/v1/me")
    bare = browser.post("/api/v1/auth/logout", json={})
    elsewhere = {"X-CSRF-Token": opened.json["csrf_token"], "Origin": "https://example.com"}
    foreign = browser.post("/api/v1/auth/logout", json={}, headers=elsewhere)
    proved = browser.post("/api/v1/auth/logout", json={}, headers={"X-CSRF-Token": opened.json["csrf_token"]})

    assert opened.json["token"] is None
    assert [read.status_code, bare.status_code, foreign.status_code, proved.status_code] == [200, 403, 403, 200]
    cookie = next(c for c in opened.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_a_cookies_token_is_no_bearer_token(app: Flask, identity: Database) -> None:
    account = an_official(identity)
    browser = app.test_client()
    browser.post("/api/v1/auth/login", json={"username": account["username"], "password": PASSWORD, "carrier": "cookie"})
    token = browser.get_cookie("session").value  # type: ignore[union-attr]

    answer = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


def test_an_old_weak_hash_is_renewed_at_sign_in(app: Flask, identity: Database) -> None:
    import sqlalchemy as sa
    from argon2 import PasswordHasher

    from gateway.identity.tables import credential

    account = an_official(identity)
    mine = credential.c.account_id == account["id"]
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with identity.work(PLATFORM, "test") as work:
        work.session.execute(sa.update(credential).where(mine).values(hash=weak))

    assert sign_in(app, account["username"]).status_code == 200
    with identity.work(PLATFORM, "test") as work:
        assert "m=32768,t=3" in str(work.session.scalar(sa.select(credential.c.hash).where(mine)))
