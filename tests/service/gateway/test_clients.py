"""Other systems: client credentials, scopes, ends."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from gateway.identity.service import SERVICE
from services.kernel import clock
from services.kernel.errors import Invalid
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, a_name, a_person, an_official

READ = "gateway.departments.read"


def a_client(identity: Database, **more: Any) -> dict[str, Any]:
    args = {
        "name": a_name("系统"), "owner": "某单位信息中心", "purpose": "交换部门数据", "region": "520100",
        "permissions": [READ, "gateway.roles.read"], "expires_on": str(clock.day_of(clock.now()) + timedelta(days=30)),
        "scope": {"regions": ["520102"], "industries": ["*"], "enterprises": ["*"]},
    }  # fmt: skip
    return SERVICE.call(identity, "create_client", args | more, PLATFORM)  # type: ignore[no-any-return]


def token(app: Flask, client: dict[str, Any], **more: str) -> TestResponse:
    form = {"grant_type": "client_credentials", "client_id": client["id"], "client_secret": client["client_secret"]}
    return app.test_client().post("/api/v1/oauth/token", data=form | more)


def ask(app: Flask, access_token: str, path: str = "/departments") -> TestResponse:
    return app.test_client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {access_token}"})


def test_a_client_enters_with_its_secret_for_fifteen_minutes(app: Flask, identity: Database) -> None:
    answer = token(app, a_client(identity))

    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 900)
    assert ask(app, answer.json["access_token"]).status_code == 200


def test_a_token_carries_no_more_than_was_asked(app: Flask, identity: Database) -> None:
    client = a_client(identity)

    narrow = token(app, client, scope=READ).json
    beyond = token(app, client, scope="enterprise.read")

    assert ask(app, narrow["access_token"]).status_code == 200
    assert ask(app, narrow["access_token"], "/roles").status_code == 403
    assert (beyond.status_code, beyond.json["code"]) == (403, "client.beyond_grant")


def test_a_wrong_secret_and_an_unknown_client_answer_alike(app: Flask, identity: Database) -> None:
    client = a_client(identity)
    wrong, unknown = client | {"client_secret": "x"}, {"id": "no-such-client", "client_secret": "x"}

    answers = [token(app, one) for one in (wrong, unknown)]

    assert [(a.status_code, a.json["code"]) for a in answers] == [(401, "client.unknown")] * 2


def test_a_client_sees_its_scope_and_nothing_by_default(app: Flask, identity: Database) -> None:
    nothing: dict[str, list[str]] = {"regions": [], "industries": [], "enterprises": []}
    client = a_client(identity, scope=nothing)

    assert ask(app, token(app, client).json["access_token"]).json["items"] == []


def test_a_replaced_secret_goes_on_for_a_day(app: Flask, identity: Database) -> None:
    client = a_client(identity)
    renewed = SERVICE.call(identity, "add_client_secret", {"client_id": client["id"]}, PLATFORM)

    assert [token(app, c).status_code for c in (client, renewed)] == [200, 200]
    third = SERVICE.call(identity, "add_client_secret", {"client_id": client["id"]}, PLATFORM)
    assert [token(app, c).status_code for c in (client, renewed, third)] == [401, 200, 200]


def test_a_switched_off_client_is_out_at_once(app: Flask, identity: Database) -> None:
    client = a_client(identity)
    access = token(app, client).json["access_token"]

    names = ("name", "owner", "purpose", "region", "permissions", "scope", "addresses", "expires_on")
    off = {n: client[n] for n in names} | {"client_id": client["id"], "is_active": False}
    SERVICE.call(identity, "change_client", off, PLATFORM)

    assert ask(app, access).status_code == 401
    assert token(app, client).json["code"] == "client.ended"


def test_a_client_enters_from_its_addresses_only(app: Flask, identity: Database) -> None:
    assert token(app, a_client(identity, addresses=["127.0.0.0/8"])).status_code == 200
    assert token(app, a_client(identity, addresses=["10.1.2.3"])).json["code"] == "client.ended"


def test_a_clients_end_lies_within_a_year(identity: Database) -> None:
    for days in (0, 400):
        with pytest.raises(Invalid, match=r"client\.expiry"):
            a_client(identity, expires_on=str(clock.day_of(clock.now()) + timedelta(days=days)))


def test_nobody_gives_a_client_a_scope_wider_than_his_own(app: Flask, identity: Database) -> None:
    admin = a_person(app, an_official(identity, "security_admin", region="520102"))
    body = {
        "name": a_name("系统"), "owner": "某单位", "purpose": "交换部门数据", "region": "520102", "permissions": [READ],
        "expires_on": str(clock.day_of(clock.now()) + timedelta(days=30)),
        "scope": {"regions": ["520103"], "industries": ["*"], "enterprises": ["*"]},
    }  # fmt: skip

    assert admin("POST", "/api-clients", body).json["code"] == "scope.not_yours"


def test_a_client_has_no_session_to_change(app: Flask, identity: Database) -> None:
    access = token(app, a_client(identity)).json["access_token"]
    headers = {"Authorization": f"Bearer {access}"}

    answer = app.test_client().post("/api/v1/auth/refresh", headers=headers)

    assert answer.status_code == 401
