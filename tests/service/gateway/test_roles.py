"""Roles: what may be composed into one, and what follows when one is changed or taken away."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from gateway.identity.service import SERVICE
from services.kernel.errors import Invalid
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, a_name, a_person, an_official
from tests.service.gateway.test_rights import COUNTY, administrator, give


def test_a_composed_role_joins_no_two_offices(identity: Database) -> None:
    args = {"code": a_name("role").replace(".", "_"), "name": "混合角色", "kind": "platform"}
    both = {"permissions": ["data.audit.read", "gateway.roles.write"]}

    with pytest.raises(Invalid, match="two_offices"):
        SERVICE.call(identity, "create_role", args | both, PLATFORM)


@pytest.mark.parametrize("permission", ["gateway.departments.write", "data.audit.read", "enterprise.review"])
@pytest.mark.parametrize("kind", ["enterprise", "applicant"])
def test_a_role_for_enterprises_holds_no_permission_of_authorities(identity: Database, kind: str, permission: str) -> None:
    args = {"code": a_name("role").replace(".", "_"), "name": "越界角色", "kind": kind, "permissions": [permission]}

    with pytest.raises(Invalid, match="not_for_enterprises"):
        SERVICE.call(identity, "create_role", args, PLATFORM)


def test_nobody_composes_a_role_beyond_what_he_may_give(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity)
    code = a_name("role").replace(".", "_")

    fits = admin("POST", "/roles", {"code": code, "name": "企业查阅", "kind": "government", "permissions": ["enterprise.read"]})
    beyond = {"code": f"{code}_x", "name": "越权", "kind": "government", "permissions": ["enterprise.register"]}

    assert fits.status_code == 201
    assert admin("POST", "/roles", beyond).json["code"] == "role.beyond_yours"


@pytest.mark.feature("SYS-08")
def test_a_changed_role_works_at_the_next_request(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity)
    code = a_name("role").replace(".", "_")
    body = {"name": "部门查阅", "kind": "government", "permissions": ["gateway.departments.read"]}
    admin("POST", "/roles", body | {"code": code})
    person = a_person(app, an_official(identity, code, region=COUNTY))

    before = person("GET", "/departments").status_code
    admin("PUT", f"/roles/{code}", {"name": "部门查阅", "permissions": []})

    assert (before, person("GET", "/departments").status_code) == (200, 403)


@pytest.mark.feature("SYS-07")
def test_a_role_in_use_is_not_deleted(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity)
    code = a_name("role").replace(".", "_")
    admin("POST", "/roles", {"code": code, "name": "某角色", "kind": "government", "permissions": []})
    account = an_official(identity, code, region=COUNTY)

    used = admin("DELETE", f"/roles/{code}")
    give(admin, account)
    unused = admin("DELETE", f"/roles/{code}")

    assert (used.json["code"], unused.status_code) == ("role.in_use", 200)


@pytest.mark.feature("SYS-10")
def test_a_list_of_users_names_their_roles_on_the_page_and_as_a_spreadsheet(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator", "reviewer", region=COUNTY)
    admin = a_person(app, an_official(identity, "system_admin", region=COUNTY))

    found = admin("GET", f"/accounts?q={account['username']}").json["items"][0]
    sheet = admin("GET", f"/accounts?q={account['username']}&format=xlsx")

    assert (found["roles"], found["role_names"]) == (["regulator", "reviewer"], ["监管人员", "审核人员"])
    rows = list(load_workbook(io.BytesIO(sheet.data)).active.iter_rows(values_only=True))
    assert dict(zip(rows[1], rows[2], strict=True))["角色"] == "监管人员；审核人员"
