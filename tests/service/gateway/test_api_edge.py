"""What the edge does alike for every operation: errors, limits of input, headers, spreadsheets, absent services."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook
from openpyxl.worksheet._writer import ALL_TEMP_FILES
from prometheus_client import REGISTRY

from gateway.api import xlsx
from gateway.api.answering import XLSX
from gateway.app import create_app
from gateway.edge import Edge, Limits
from gateway.identity.service import SERVICE
from gateway.operations import operation_named
from services.kernel import ids
from services.kernel.errors import NotFound
from services.kernel.tables import audit, outbox
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, a_name, a_person, an_official

BODY = {"code", "message", "details", "request_id"}


@pytest.mark.feature("SEC-36")
@pytest.mark.parametrize(
    ("method", "path", "more", "status", "code"),
    [
        ("GET", "/api/v1/nothing-here", {}, 404, "route.not_found"),
        ("PATCH", "/api/v1/auth/login", {}, 405, "route.method"),
        ("POST", "/api/v1/auth/login", {"data": "a=1", "content_type": "text/plain"}, 415, "request.media_type"),
        ("POST", "/api/v1/auth/login", {"data": "{", "content_type": "application/json"}, 422, "body.not_json"),
        ("POST", "/api/v1/auth/login", {"json": [1]}, 422, "body.not_object"),
        ("POST", "/api/v1/auth/login", {"json": {"username": "x" * (1024 * 1024)}}, 413, "request.too_large"),
        ("POST", "/api/v1/auth/login", {"json": {}}, 422, "args.invalid"),
        ("POST", "/api/v1/auth/login", {"json": {"username": "a\0b", "password": "x"}}, 422, "args.invalid"),
        ("POST", "/api/v1/auth/login", {"json": {"username": 5, "password": "x"}}, 422, "args.invalid"),
        ("POST", "/api/v1/auth/login", {"json": {"username": "abcd", "password": "x", "is_admin": True}}, 422, "args.invalid"),
        ("GET", "/api/v1/me?x=%00", {}, 401, "auth.required"),
    ],
)
def test_every_error_has_one_body(app: Flask, method: str, path: str, more: dict[str, Any], status: int, code: str) -> None:
    answer = app.test_client().open(path, method=method, **more)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json.keys() == BODY
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]
    assert any("\u4e00" <= c <= "\u9fff" for c in answer.json["message"])


@pytest.mark.parametrize("asked", ["since=0001-01-01T00:00:00Z", "until=9999-12-31T23:59:59-12:00"])
def test_days_past_what_can_be_computed_with_are_refused_by_name(app: Flask, identity: Database, asked: str) -> None:
    answer = a_person(app, an_official(identity, "audit_admin"))("GET", f"/audit?{asked}")

    assert (answer.status_code, answer.json["code"]) == (422, "args.invalid")
    assert list(answer.json["details"].values()) == ["应在1900年至2199年之间"]


def test_405_says_what_is_allowed(app: Flask) -> None:
    assert "POST" in app.test_client().patch("/api/v1/auth/login").headers["Allow"]


@pytest.mark.feature("SEC-36")
def test_nesting_has_an_end(app: Flask) -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = [deep]

    answer = app.test_client().post("/api/v1/auth/login", json={"username": deep, "password": "x"})

    assert answer.json["code"] == "body.too_deep"


def test_a_field_that_does_not_exist_is_named(app: Flask) -> None:
    answer = app.test_client().post("/api/v1/auth/login", json={"username": "abcd", "password": "x", "role": "admin"})

    assert answer.json["details"] == {"role": "没有这个字段"}


@pytest.mark.parametrize(("given", "kept"), [("my-request.1", True), ("x", False), ("bad id\u00e9", False), ("a" * 65, False)])
def test_a_well_formed_request_id_is_kept_and_another_replaced(app: Flask, given: str, kept: bool) -> None:
    answer = app.test_client().get("/api/v1/me", headers={"X-Request-ID": given})

    assert (answer.headers["X-Request-ID"] == given) is kept


def test_without_a_broker_what_needs_none_is_answered(app: Flask, identity: Database) -> None:
    person = a_person(app, an_official(identity, "regulator"))

    answer = person("GET", "/enterprises")

    assert (answer.status_code, answer.json["code"]) == (503, "service.away")
    assert int(answer.headers["Retry-After"]) > 0
    assert person("GET", "/me").status_code == 200


def test_one_request_id_goes_into_the_audit_trail_and_the_announcement(app: Flask, identity: Database) -> None:
    person, request_id = a_person(app, an_official(identity, "system_admin")), ids.new_id()

    body = {"name": a_name("部门"), "region": "520102", "industries": ["*"]}
    made = person("POST", "/departments", body, headers={"X-Request-ID": request_id})

    assert made.status_code == 201
    with identity.work(PLATFORM, "look", read_only=True) as work:
        audited = work.session.scalars(sa.select(audit.c.operation).where(audit.c.request_id == request_id)).all()
        told = work.session.scalars(sa.select(outbox.c.type).where(outbox.c.request_id == request_id)).all()
    assert (audited, told) == (["gateway.create_department"], ["department.changed.v1"])


@pytest.mark.feature("SEC-43")
def test_a_fault_tells_its_number_and_nothing_else(app: Flask, identity: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password=secret")

    person = a_person(app, an_official(identity))
    monkeypatch.setitem(SERVICE.handlers, "get_me", broken)

    answer = person("GET", "/me")

    assert answer.status_code == 500 and "secret" not in answer.text
    assert answer.json["request_id"]


def test_answers_are_kept_by_no_cache_and_pages_take_no_foreign_script(app: Flask, identity: Database) -> None:
    answer = a_person(app, an_official(identity))("GET", "/me")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_same_key_gives_the_same_answer_and_another_request_under_it_is_refused(app: Flask, identity: Database) -> None:
    admin = a_person(app, an_official(identity, "system_admin", region="520100"))
    body = {"name": a_name("部门"), "region": "520102", "industries": ["*"]}
    key = {"Idempotency-Key": ids.token()}

    first, again = (admin("POST", "/departments", body, headers=dict(key)) for _ in range(2))
    other = admin("POST", "/departments", body | {"name": a_name("别的")}, headers=dict(key))

    assert first.status_code == 201 and first.json == again.json
    assert (other.status_code, other.json["code"]) == (422, "idempotency.other_request")


def test_pages_follow_each_other_without_gap_or_repeat(app: Flask, identity: Database) -> None:
    region = "520402"
    names = {SERVICE.call(identity, "create_department", _department(region), PLATFORM)["name"] for _ in range(5)}
    admin = a_person(app, an_official(identity, "system_admin", region=region))

    seen, cursor = [], ""
    while cursor is not None:
        page = admin("GET", f"/departments?limit=2&cursor={cursor}").json
        seen += [d["name"] for d in page["items"]]
        cursor = page["next_cursor"]

    assert len(seen) == len(set(seen)) and names <= set(seen)


def _department(region: str, name: str | None = None) -> dict[str, Any]:
    return {"name": name or a_name("部门"), "region": region, "industries": ["*"]}


@pytest.mark.parametrize("danger", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"])
def test_a_list_is_also_a_spreadsheet_without_formulas(app: Flask, identity: Database, danger: str) -> None:
    region = "520403"
    name = f"{danger}{ids.token(6)}"
    SERVICE.call(identity, "create_department", _department(region, name), PLATFORM)
    account = an_official(identity, "system_admin", region=region)

    answer = a_person(app, account)("GET", "/departments?format=xlsx")

    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert answer.content_type == XLSX
    assert "测试人员" in rows[0][0] and rows[1][1] == "名称"
    assert f"'{name}".replace("\r", "\n") in [row[1] for row in rows]  # Which is what XML makes of a return.


def test_a_refused_export_leaves_no_file_behind() -> None:
    def refuse(asked: dict[str, Any]) -> dict[str, Any]:
        raise NotFound("department.not_found", "没有找到该部门")

    before = list(ALL_TEMP_FILES)
    with pytest.raises(NotFound):
        xlsx.export(operation_named("gateway", "list_departments"), {}, refuse, PLATFORM)

    assert before == ALL_TEMP_FILES


@pytest.mark.feature("SEC-58")
def test_an_export_is_in_the_audit_trail_and_counted(app: Flask, identity: Database) -> None:
    account = an_official(identity, "system_admin", region="520404")

    before = REGISTRY.get_sample_value("exports_total", {"kind": "regulator"}) or 0
    a_person(app, account)("GET", "/departments?format=xlsx")

    assert REGISTRY.get_sample_value("exports_total", {"kind": "regulator"}) == before + 1
    rows = SERVICE.call(identity, "list_trail", {"actor": account["id"], "operation": "gateway.export"}, PLATFORM)["items"]
    assert rows[0]["changes"]["list"] == "gateway.list_departments"


@pytest.mark.feature("SYS-18", "SEC-58")
def test_sign_ins_failures_and_refusals_are_in_the_audit_trail(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator")
    person = a_person(app, account)
    person("GET", "/accounts")

    entries = SERVICE.call(identity, "list_trail", {"actor": account["id"]}, PLATFORM)["items"]

    assert {(e["operation"], e["result"]) for e in entries} >= {("gateway.sign_in", "done"), ("gateway.list_accounts", "refused")}


def test_an_auditor_sees_the_rows_of_his_place_only(app: Flask, identity: Database) -> None:
    here, elsewhere = an_official(identity, region="520502"), an_official(identity, region="520602")
    for account in (here, elsewhere):
        a_person(app, account)
    auditor = a_person(app, an_official(identity, "audit_admin", region="520502"))

    seen = [auditor("GET", f"/audit?service=gateway&actor={a['id']}").json["items"] for a in (here, elsewhere)]

    assert seen[0] and not seen[1]


def test_too_many_requests_are_told_when_to_come_back(edge: Edge, identity: Database) -> None:
    app = create_app(Edge(**vars(edge) | {"limits": Limits("3/hour", "2/hour", "100/hour")}))
    account = an_official(identity, "regulator")
    person = a_person(app, account)

    answers = [person("GET", "/me") for _ in range(5)]

    assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].json["code"] == "limit.exceeded" and int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.feature("SEC-22")
@pytest.mark.parametrize(
    "named",
    [
        {"X-Forwarded-For": "203.0.113.9"}, {"X-Real-IP": "203.0.113.9"}, {"Forwarded": "for=203.0.113.9"},
        {"X-Client-IP": "203.0.113.9"},
        {"X-Forwarded-User": "system:relay"}, {"X-User-ID": "1"}, {"X-Enterprise-ID": "1"}, {"X-Tenant": "520000"},
        {"principal": "system"}, {"nameko.principal": "system"}, {"X-Forwarded-Host": "example.com"},
    ],
    ids=lambda named: next(iter(named)),
)  # fmt: skip
def test_a_client_cannot_name_its_own_address_user_or_tenant(app: Flask, identity: Database, named: dict[str, str]) -> None:
    account = an_official(identity, "regulator")
    person = a_person(app, account)

    plain, told = person("GET", "/me"), person("GET", "/me", headers=named)
    person("GET", "/accounts", headers=named)

    entries = SERVICE.call(identity, "list_trail", {"actor": account["id"], "result": "refused"}, PLATFORM)["items"]
    assert (entries[0]["address"], entries[0]["actor_kind"]) == ("127.0.0.1", "regulator")
    assert plain.json == told.json
    assert app.test_client().get("/api/v1/me", headers=named).status_code == 401


def test_health_answers_without_an_account(app: Flask) -> None:
    client = app.test_client()

    assert [client.get(path).status_code for path in ("/livez", "/readyz", "/metrics")] == [200, 200, 200]
