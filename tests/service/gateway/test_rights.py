"""Who may give what to whom, and what people see of others' accounts."""

from typing import Any

import pytest
from flask import Flask

from gateway.identity.service import SERVICE
from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from services.kernel.work import Database
from tests.service.gateway.builders import (
    PLATFORM,
    Person,
    a_department,
    a_name,
    a_person,
    an_enterprise_admin,
    an_official,
    hear_enterprise,
    sign_in,
)

PREFECTURE, COUNTY, OTHER_COUNTY = "520100", "520102", "520103"


def administrator(app: Flask, identity: Database, role: str = "security_admin", region: str = PREFECTURE) -> Person:
    return a_person(app, an_official(identity, role, region=region))


def give(person: Person, account: dict[str, Any], *roles: str) -> Any:
    return person("PUT", f"/accounts/{account['id']}/roles", {"roles": list(roles)})


def test_a_security_administrator_gives_business_roles_he_has_not_himself(app: Flask, identity: Database) -> None:
    account = an_official(identity, region=COUNTY)

    answer = give(administrator(app, identity), account, "reviewer", "regulator")

    assert answer.json["roles"] == ["regulator", "reviewer"]


def test_an_account_out_of_scope_and_an_unknown_one_answer_alike(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity, region=COUNTY)
    elsewhere = an_official(identity, region=OTHER_COUNTY)

    answers = [give(admin, one, "regulator") for one in (elsewhere, {"id": ids.new_id()})]

    assert [(a.status_code, a.json["code"], a.json["message"]) for a in answers] == [
        (404, "account.not_found", "没有找到该用户")
    ] * 2


@pytest.mark.feature("SYS-10")
def test_a_lower_administrator_cannot_touch_his_peers_or_superiors(app: Flask, identity: Database) -> None:
    county = administrator(app, identity, "security_admin", COUNTY)
    peer = an_official(identity, "system_admin", region=COUNTY)
    superior = an_official(identity, "system_admin", region=PREFECTURE)

    assert give(county, peer, "regulator").json["code"] == "account.peer"
    assert give(county, superior, "regulator").status_code == 404
    assert give(administrator(app, identity), peer, "regulator").status_code == 200


def test_nobody_changes_himself(app: Flask, identity: Database) -> None:
    account = an_official(identity, "security_admin", region=PREFECTURE)

    answer = give(a_person(app, account), account, "regulator")

    assert (answer.status_code, answer.json["code"]) == (403, "account.yourself")


def test_the_three_offices_are_three_people(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity, region="520000")
    account = an_official(identity, region=COUNTY)

    for roles, code in [
        (("system_admin", "security_admin"), "role.two_offices"),
        (("security_admin", "audit_admin"), "role.two_offices"),
        (("system_admin", "regulator"), "role.office_with_business"),
    ]:
        assert give(admin, account, *roles).json["code"] == code


def test_a_standard_role_of_the_province_is_not_changed_from_below(app: Flask, identity: Database) -> None:
    answer = administrator(app, identity)("PUT", "/roles/regulator", {"name": "监管人员", "permissions": []})

    assert answer.json["code"] == "role.elsewhere"


def test_a_role_that_does_not_exist_is_refused_by_name(identity: Database) -> None:
    account = an_official(identity)

    with pytest.raises(Invalid, match=r"role\.unknown"):
        SERVICE.call(identity, "set_account_roles", {"account_id": account["id"], "roles": ["superman"]}, PLATFORM)


@pytest.mark.feature("SEC-01")
def test_moving_a_person_ends_his_sessions_roles_and_scope(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator", region=COUNTY)
    person, elsewhere = a_person(app, account), a_department(identity, OTHER_COUNTY)

    body = {"account_id": account["id"], "name": "测试人员", "department_id": elsewhere["id"]}
    moved = SERVICE.call(identity, "change_account", body, PLATFORM)

    assert (moved["roles"], moved["region"]) == ([], OTHER_COUNTY)
    assert person("GET", "/me").status_code == 401


@pytest.mark.feature("SYS-11")
def test_a_supervision_scope_narrows_and_an_empty_one_shows_nothing(app: Flask, identity: Database) -> None:
    admin, account = administrator(app, identity), an_official(identity, "regulator", region=PREFECTURE, industries=("MK", "WH"))
    path = f"/accounts/{account['id']}/scope"

    scopes = [
        {"regions": ["520102"], "industries": ["MK01", "JZ"], "enterprises": ["*"]},
        {"regions": ["520100"], "industries": ["*"], "enterprises": []},
        None,
    ]
    shown = [admin("PUT", path, {"supervision": scope}).json["effective_scope"] for scope in scopes]

    assert shown == [
        {"regions": ["520102"], "industries": ["MK01"], "enterprises": ["*"]},
        {"regions": ["5201"], "industries": ["MK", "WH"], "enterprises": []},
        {"regions": ["5201"], "industries": ["MK", "WH"], "enterprises": ["*"]},
    ]


@pytest.mark.parametrize("enterprises", [[], ["01890000-0000-7000-8000-000000000001"]], ids=["nothing", "one enterprise"])
def test_however_narrow_his_scope_everybody_reads_his_own_account(app: Flask, identity: Database, enterprises: list[str]) -> None:
    department = a_department(identity, COUNTY)
    account = an_official(identity, "regulator", department=department)
    scope = {"regions": ["*"], "industries": ["*"], "enterprises": enterprises}
    SERVICE.call(identity, "set_account_scope", {"account_id": account["id"], "supervision": scope}, PLATFORM)

    me = a_person(app, account)("GET", "/me")

    assert (me.status_code, me.json["id"], me.json["department_name"]) == (200, account["id"], department["name"])


def test_nobody_gives_a_scope_wider_than_his_own(app: Flask, identity: Database) -> None:
    account = an_official(identity, "regulator", region=COUNTY)
    wider = {"regions": ["520200"], "industries": ["*"], "enterprises": ["*"]}

    answer = administrator(app, identity)("PUT", f"/accounts/{account['id']}/scope", {"supervision": wider})

    assert answer.json["code"] == "scope.not_yours"


@pytest.mark.feature("SEC-01")
def test_a_duplicate_user_name_is_refused(identity: Database) -> None:
    account = an_official(identity)
    args = {"username": account["username"].upper(), "name": "另一人", "department_id": a_department(identity)["id"]}

    with pytest.raises(Conflict, match=r"account\.username_taken"):
        SERVICE.call(identity, "create_account", args, PLATFORM)


@pytest.mark.feature("SYS-09")
def test_a_departments_region_lies_in_its_parents(identity: Database) -> None:
    parent = a_department(identity, COUNTY)

    assert a_department(identity, "520102001", parent_id=parent["id"])["level"] == "township"
    with pytest.raises(Invalid, match=r"department\.outside_parent"):
        a_department(identity, OTHER_COUNTY, parent_id=parent["id"])


def test_a_closed_department_shows_its_people_nothing(app: Flask, identity: Database) -> None:
    department = a_department(identity, COUNTY)
    person = a_person(app, an_official(identity, "regulator", department=department))

    args = {"name": department["name"], "region": COUNTY, "industries": ["*"], "is_active": False}
    SERVICE.call(identity, "change_department", args | {"department_id": department["id"]}, PLATFORM)

    assert person("GET", "/departments").json["items"] == []


def test_an_enterprise_administrator_opens_accounts_of_his_own_people(app: Flask, identity: Database) -> None:
    owner = an_enterprise_admin(identity)
    person = a_person(app, owner)

    made = person(
        "POST", "/accounts/staff", {"username": a_name(), "name": "班组长", "roles": ["checker"], "unit_id": ids.new_id()}
    )
    seen = person("GET", "/accounts").json["items"]

    assert made.json["enterprise_id"] == owner["enterprise_id"]
    assert {a["id"] for a in seen} == {owner["id"], made.json["id"]}
    assert sign_in(app, made.json["username"], made.json["first_password"]).json["must_change_password"]


def test_an_enterprise_administrator_gives_no_office_of_government(app: Flask, identity: Database) -> None:
    person = a_person(app, an_enterprise_admin(identity))

    answer = person("POST", "/accounts/staff", {"username": a_name(), "name": "某人", "roles": ["reviewer"]})

    assert answer.json["code"] == "role.other_kind"


def test_an_enterprise_sees_nobody_of_another(app: Flask, identity: Database) -> None:
    one, other = an_enterprise_admin(identity), an_enterprise_admin(identity)

    answer = a_person(app, one)("GET", f"/accounts/{other['id']}")

    assert answer.status_code == 404


def test_an_approved_applicant_becomes_the_administrator(app: Flask, identity: Database) -> None:
    account = an_enterprise_admin(identity)

    me = a_person(app, account)("GET", "/me").json

    assert (me["kind"], me["roles"], me["enterprise_id"]) == ("enterprise", ["enterprise_admin"], account["enterprise_id"])


@pytest.mark.parametrize("what", ["deleted", "closed"])
def test_people_of_an_ended_enterprise_are_out_and_come_back_with_it(app: Flask, identity: Database, what: str) -> None:
    account = an_enterprise_admin(identity)
    person = a_person(app, account)

    hear_enterprise(identity, what, account["enterprise_id"], "520102", version=3)
    out = (person("GET", "/me").status_code, sign_in(app, account["username"]).json["code"])
    hear_enterprise(identity, "restored", account["enterprise_id"], "520102", version=4)

    assert out == (401, "auth.disabled")
    assert sign_in(app, account["username"]).status_code == 200


def test_an_older_announcement_changes_nothing(app: Flask, identity: Database) -> None:
    account = an_enterprise_admin(identity)

    hear_enterprise(identity, "deleted", account["enterprise_id"], "520102", version=1)

    assert sign_in(app, account["username"]).status_code == 200


def test_a_reviewer_resets_the_administrator_of_an_enterprise_in_his_scope_only(app: Flask, identity: Database) -> None:
    account = an_enterprise_admin(identity, COUNTY)
    path = f"/accounts/enterprise-admins/{account['id']}/password-reset"

    here = a_person(app, an_official(identity, "reviewer", region=COUNTY))("POST", path)
    elsewhere = a_person(app, an_official(identity, "reviewer", region=OTHER_COUNTY))("POST", path)
    other_industry = a_person(app, an_official(identity, "reviewer", region=COUNTY, industries=("JZ",)))("POST", path)

    assert here.status_code == 200 and sign_in(app, account["username"], here.json["first_password"]).status_code == 200
    assert (elsewhere.status_code, other_industry.status_code) == (404, 404)


def test_two_changes_decided_on_one_version_are_not_both_made(identity: Database) -> None:
    account = an_official(identity)
    seen = SERVICE.call(identity, "get_account", {"account_id": account["id"]}, PLATFORM)["version"]
    args = {"account_id": account["id"], "roles": ["regulator"], "version": seen}
    SERVICE.call(identity, "set_account_roles", args, PLATFORM)

    with pytest.raises(Conflict, match=r"version\.stale"):
        SERVICE.call(identity, "set_account_roles", args | {"roles": ["reviewer"]}, PLATFORM)


def test_nobody_reads_accounts_without_the_right(app: Flask, identity: Database) -> None:
    person = a_person(app, an_official(identity, "regulator"))

    assert [person("GET", path).status_code for path in ("/accounts", "/roles", "/audit", "/api-clients")] == [403] * 4


def test_a_query_out_of_scope_finds_nothing_even_without_a_filter(identity: Database) -> None:
    import sqlalchemy as sa

    from gateway.identity.tables import account
    from tests.callers import regulator

    an_official(identity, region=OTHER_COUNTY)
    with identity.work(regulator("520281"), "test", read_only=True) as work:
        assert work.session.execute(sa.select(account.c.region).where(account.c.region.startswith("520103"))).all() == []


def test_an_account_that_nobody_may_find_is_not_found(identity: Database) -> None:
    with pytest.raises(NotFound):
        SERVICE.call(identity, "get_account", {"account_id": ids.new_id()}, PLATFORM)


def test_a_caller_without_the_right_is_refused_by_the_service_too(identity: Database) -> None:
    from tests.callers import regulator

    with pytest.raises(Forbidden):
        SERVICE.call(identity, "list_accounts", {}, regulator("520102", "enterprise.read"))
