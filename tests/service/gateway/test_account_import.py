"""Users out of a spreadsheet: what is wrong is told by row and column, who is right gets an account, and nobody two."""

import base64
import io
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from gateway.contract.account_sheets import MOST_ROWS
from gateway.identity.service import SERVICE
from gateway.identity.sheet import COLUMNS
from services.kernel import ids
from services.kernel.work import Database
from tests.service.gateway.builders import PLATFORM, Person, a_department, a_name, a_person, an_official, sign_in
from tests.service.gateway.test_rights import COUNTY, OTHER_COUNTY, PREFECTURE, administrator

Row = dict[str, Any]


def a_row(department: str, **more: Any) -> Row:
    return {"姓名": "王新来", "用户名": a_name(), "部门": department, "手机号": 13985050002, "执法证号": "黔A0002"} | more


def a_sheet(admin: Person, rows: Sequence[Row]) -> dict[str, str]:
    """The template, filled in below its example."""
    template = admin("GET", "/accounts/import/template")
    assert template.status_code == 200, template.text
    book = load_workbook(io.BytesIO(template.data))
    sheet = book["用户"]
    for number, row in enumerate(rows, start=3):
        for at, column in enumerate(COLUMNS, start=1):
            sheet.cell(number, at, row.get(column.heading))
    out = io.BytesIO()
    book.save(out)
    return {"content_base64": base64.b64encode(out.getvalue()).decode(), "file_name": "用户.xlsx"}


def told(answer: Any) -> list[tuple[int, str]]:
    return [(error["row"], error["column"]) for error in answer["errors"]]


def are_there(identity: Database, rows: Sequence[Row]) -> list[bool]:
    listed = [SERVICE.call(identity, "list_accounts", {"q": row["用户名"]}, PLATFORM)["items"] for row in rows]
    return [bool(found) for found in listed]


@pytest.mark.feature("SYS-10")
def test_who_is_right_gets_an_account_and_the_others_are_told_by_row_and_column(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity, "system_admin", COUNTY)
    own, elsewhere = a_department(identity, COUNTY)["name"], a_department(identity, OTHER_COUNTY)["name"]
    good, taken = a_row(own), an_official(identity, region=OTHER_COUNTY)["username"]
    rows = [
        good, a_row(own, 用户名=good["用户名"].upper()), a_row("没有这个部门"), a_row(elsewhere), a_row(own, 用户名=taken),
        a_row(own, 手机号="12"), a_row(own, 姓名=None),
    ]  # fmt: skip
    sheet = a_sheet(admin, rows)

    looked = admin("POST", "/accounts/import/preview", sheet).json
    refused = admin("POST", "/accounts/import", sheet).json
    before = are_there(identity, [good])
    done = admin("POST", "/accounts/import", sheet | {"mode": "skip"}).json

    wrong = [(4, "用户名"), (5, "部门"), (6, "部门"), (7, "用户名"), (8, "手机号"), (9, "姓名")]
    assert (told(looked), looked["count"], looked["is_imported"], looked["accounts"]) == (wrong, 1, False, [])
    assert (told(refused), refused["is_imported"], before) == (wrong, False, [False])
    assert (done["is_imported"], done["count"], done["failed_rows"]) == (True, 1, 6)
    [opened] = done["accounts"]
    assert (opened["name"], opened["username"], opened["department"]) == ("王新来", good["用户名"], own)
    inside = sign_in(app, opened["username"], opened["first_password"]).json
    account = inside["account"]
    assert (inside["must_change_password"], account["mobile"], account["region"]) == (True, "13985050002", COUNTY)


def test_the_same_file_sent_again_opens_nobody_twice_and_shows_no_password(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity, "system_admin", COUNTY)
    sheet = a_sheet(admin, [a_row(a_department(identity, COUNTY)["name"]) for _ in range(2)])
    key = {"Idempotency-Key": ids.new_id()}

    first = admin("POST", "/accounts/import", sheet, headers=key).json
    repeated = admin("POST", "/accounts/import", sheet, headers=key).json
    again = admin("POST", "/accounts/import", sheet).json

    assert (first["count"], len(first["accounts"])) == (2, 2)
    assert (repeated["is_imported"], repeated["count"], repeated["accounts"]) == (True, 2, None)
    assert (again["is_imported"], again["count"], told(again)) == (False, 0, [(3, "用户名"), (4, "用户名")])


def test_a_department_whose_name_two_places_have_is_told_with_its_place(app: Flask, identity: Database) -> None:
    admin, name = administrator(app, identity, "system_admin", PREFECTURE), a_name("部门")
    for place in (COUNTY, OTHER_COUNTY):
        a_department(identity, place, name=name)
    sheet = a_sheet(admin, [a_row(name), a_row(f"{name}({OTHER_COUNTY})")])

    done = admin("POST", "/accounts/import", sheet | {"mode": "skip"}).json

    assert told(done) == [(3, "部门")]
    [opened] = done["accounts"]
    assert sign_in(app, opened["username"], opened["first_password"]).json["account"]["region"] == OTHER_COUNTY


def test_nobody_gives_by_a_sheet_what_he_may_not_give_by_hand(app: Flask, identity: Database) -> None:
    plain = administrator(app, identity, "system_admin", COUNTY)
    code = a_name("role").replace(".", "_")
    rights = ["gateway.accounts.read", "gateway.accounts.write", "gateway.accounts.grant"]
    reader = SERVICE.call(identity, "list_roles", {"q": "政府查阅人员"}, PLATFORM)["items"][0]
    body = {"code": code, "name": code, "kind": "platform", "permissions": rights, "grants": reader["permissions"]}
    SERVICE.call(identity, "create_role", body, PLATFORM)
    giver, own = a_person(app, an_official(identity, code, region=COUNTY)), a_department(identity, COUNTY)["name"]
    rows = [a_row(own, 角色=named) for named in ("政府查阅人员", "安全管理员", "没有的角色", "checker")]

    by_plain = plain("POST", "/accounts/import/preview", a_sheet(plain, rows[:1])).json
    by_giver = giver("POST", "/accounts/import", a_sheet(giver, rows) | {"mode": "skip"}).json

    assert [error["message"] for error in by_plain["errors"]] == ["您不能授予角色，请留空，由安全管理员授予"]
    assert told(by_giver) == [(4, "角色"), (5, "角色"), (6, "角色")]
    found = SERVICE.call(identity, "list_accounts", {"q": rows[0]["用户名"]}, PLATFORM)["items"]
    assert [one["role_names"] for one in found] == [["政府查阅人员"]]


def test_a_file_of_too_many_rows_is_refused_as_a_whole(app: Flask, identity: Database) -> None:
    admin = administrator(app, identity, "system_admin", COUNTY)

    answer = admin("POST", "/accounts/import/preview", a_sheet(admin, [{"姓名": "甲乙"}] * MOST_ROWS))

    assert (answer.status_code, answer.json["code"]) == (422, "import.too_many_rows")


@pytest.mark.parametrize("content", ["不是", "UEsDBA=="])
def test_what_is_no_workbook_is_refused(app: Flask, identity: Database, content: str) -> None:
    admin = administrator(app, identity, "system_admin", COUNTY)

    answer = admin("POST", "/accounts/import/preview", {"content_base64": content})

    assert (answer.status_code, answer.json["code"].partition(".")[0]) == (422, "import")
