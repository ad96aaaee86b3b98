"""Signing in and out."""

from typing import Any

import pytest
import redis
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from gateway.identity.domain.password import FIRST_PASSWORD_LASTS
from gateway.identity.hashing import digest
from gateway.identity.service import SERVICE
from gateway.identity.tables import credential
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


@pytest.mark.feature("SEC-02")
def test_a_first_password_opens_only_password_change_and_sign_out(app: Flask, identity: Database) -> None:
    person = a_person(app, account := fresh_account(identity, "system_admin"), account["first_password"])

    refused = [person("GET", path).json["code"] for path in ("/me", "/departments", "/accounts")]
    change = person("POST", "/auth/password", {"old_password": account["first_password"], "new_password": PASSWORD})

    assert refused == ["auth.password_change_required"] * 3
    assert change.status_code == 200 and not change.json["must_change_password"]
    assert sign_in(app, account["username"], account["first_password"]).status_code == 401


@pytest.mark.feature("SEC-02")
def test_a_first_password_ends_after_72_hours(app: Flask, identity: Database) -> None:
    with clock.simulate(clock.now() - FIRST_PASSWORD_LASTS):
        account = fresh_account(identity)

    answer = sign_in(app, account["username"], account["first_password"])

    assert answer.json["code"] == "auth.first_password_expired"


@pytest.mark.feature("SEC-07")
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


@pytest.mark.feature("SEC-07")
def test_signing_out_everywhere_ends_all_sessions(app: Flask, identity: Database) -> None:
    account = an_official(identity)
    here, there = a_person(app, account), a_person(app, account)

    here("POST", "/auth/logout", {"everywhere": True})

    assert [p("GET", "/me").status_code for p in (here, there)] == [401, 401]


@pytest.mark.feature("SEC-07")
def test_a_refreshed_session_leaves_its_old_token_dead(app: Flask, identity: Database) -> None:
    person = a_person(app, an_official(identity))

    renewed = person("POST", "/auth/refresh").json["token"]

    assert person("GET", "/me").status_code == 401
    person.token = renewed
    assert person("GET", "/me").status_code == 200


@pytest.mark.feature("SEC-07")
def test_a_disabled_account_is_out_at_the_next_request(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")
    person = a_person(app, account)

    SERVICE.call(identity, "disable_account", {"account_id": account["id"]}, PLATFORM)

    assert person("GET", "/me").status_code == 401
    assert sign_in(app, account["username"]).json["code"] == "auth.disabled"
    assert sign_in(app, account["username"], WRONG).json["code"] == "auth.wrong_credentials"


@pytest.mark.feature("SEC-07")
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


@pytest.mark.feature("SEC-07")
def test_administrators_have_shorter_sessions(app: Flask, identity: Database) -> None:
    assert sign_in(app, an_official(identity, "system_admin")["username"]).json["idle_seconds"] == 900


@pytest.mark.feature("SEC-44")
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


@pytest.mark.feature("SEC-44")
def test_a_cookies_token_is_no_bearer_token(app: Flask, identity: Database) -> None:
    account = an_official(identity)
    browser = app.test_client()
    browser.post("/api/v1/auth/login", json={"username": account["username"], "password": PASSWORD, "carrier": "cookie"})
    token = browser.get_cookie("session").value  # type: ignore[union-attr]

    answer = app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


@pytest.mark.feature("SEC-04")
def test_two_people_with_one_password_have_two_hashes(identity: Database) -> None:
    people = [an_official(identity)["id"] for _ in range(2)]

    with identity.work(PLATFORM, "test") as work:
        query = sa.select(credential.c.hash).where(credential.c.account_id.in_(people))
        hashes = [str(found) for found in work.session.scalars(query)]

    assert len(set(hashes)) == 2
    assert all(found.startswith("$argon2id$v=19$m=32768,t=3,p=1$") and PASSWORD not in found for found in hashes)


@pytest.mark.feature("SEC-44")
@pytest.mark.parametrize(("scheme", "is_secure"), [("https", True), ("http", False)])
def test_a_cookie_that_came_over_https_never_leaves_it(app: Flask, identity: Database, scheme: str, is_secure: bool) -> None:
    args = {"username": an_official(identity)["username"], "password": PASSWORD, "carrier": "cookie"}

    opened = app.test_client().post("/api/v1/auth/login", json=args, base_url=f"{scheme}://localhost")

    cookies = opened.headers.getlist("Set-Cookie")
    assert len(cookies) == 2 and {"Secure" in cookie for cookie in cookies} == {is_secure}


@pytest.mark.feature("SEC-04")
def test_an_old_weak_hash_is_renewed_at_sign_in(app: Flask, identity: Database) -> None:
    account = an_official(identity)
    mine = credential.c.account_id == account["id"]
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with identity.work(PLATFORM, "test") as work:
        work.session.execute(sa.update(credential).where(mine).values(hash=weak))

    assert sign_in(app, account["username"]).status_code == 200
    with identity.work(PLATFORM, "test") as work:
        assert "m=32768,t=3" in str(work.session.scalar(sa.select(credential.c.hash).where(mine)))
