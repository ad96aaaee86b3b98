"""The API's description: committed, current, valid, and without a route beside it."""

import json
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from gateway import describe
from gateway.operations import operations
from services.kernel.caller import PUBLIC, SIGNED_IN

# What is no part of the API: pages, what they are made of, and what operators ask.
OUTSIDE = {
    "/", "/<path:way>", "/app/<path:name>", "/verify/<token>", "/api/docs", "/assets/<path:name>",
    "/favicon.ico", "/web-settings", "/api/openapi.json", "/livez", "/readyz", "/metrics",
}  # fmt: skip


@pytest.fixture(scope="module")
def app() -> Flask:
    return describe.application()


@pytest.fixture(scope="module")
def description(app: Flask) -> dict[str, Any]:
    return json.loads(describe.text(app))  # type: ignore[no-any-return]


def test_the_committed_description_is_current(app: Flask) -> None:
    assert describe.FILE.read_text("utf-8") == describe.text(app), "run python -m gateway.describe"


def test_the_description_is_valid_openapi(description: dict[str, Any]) -> None:
    validate(description)


def test_every_route_is_described(app: Flask, description: dict[str, Any]) -> None:
    described = {
        (method.upper(), path) for path, methods in description["paths"].items() for method in methods if method != "parameters"
    }
    routes = {
        (method, str(rule).replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if str(rule) not in OUTSIDE
    }

    assert routes == described


def test_every_operation_names_a_declared_permission(description: dict[str, Any]) -> None:
    from gateway.operations import permissions

    known = {p.code for _, p in permissions()} | {PUBLIC, SIGNED_IN}
    asked = {o["x-permission"] for methods in description["paths"].values() for m, o in methods.items() if m != "parameters"}

    assert asked <= known


def test_no_two_operations_share_a_route_or_a_name() -> None:
    routes = [o.route for _, o in operations()]
    names = [(service, o.name) for service, o in operations()]

    assert len(routes) == len(set(routes)) and len(names) == len(set(names))


def test_permission_codes_are_unique_and_begin_with_their_service() -> None:
    from gateway.operations import permissions

    codes = [p.code for _, p in permissions()]

    assert len(codes) == len(set(codes))
    assert [code for service, p in permissions() if not (code := p.code).startswith((f"{service}.", "data."))] == []


def test_every_role_that_a_permission_names_is_a_standard_role() -> None:
    from gateway.identity.domain.standard_roles import STANDARD_ROLES
    from gateway.operations import permissions

    named = {role for _, p in permissions() for role in p.roles}

    assert named <= {s.code for s in STANDARD_ROLES}
