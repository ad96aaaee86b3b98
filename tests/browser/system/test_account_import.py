"""Users out of a spreadsheet: wrong rows are told, the others can sign in with passwords that are shown once."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from gateway.identity.sheet import COLUMNS
from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.door import enter
from tests.stage.world import Stage


def filled(template: Path, rows: list[dict[str, Any]]) -> Path:
    """The template with these rows below its example."""
    book = load_workbook(template)
    sheet = book["用户"]
    for number, row in enumerate(rows, start=3):
        for at, column in enumerate(COLUMNS, start=1):
            sheet.cell(number, at, row.get(column.heading))
    file = template.with_name("新用户.xlsx")
    book.save(file)
    return file


@pytest.mark.feature("SYS-10")
def test_users_are_imported_and_their_first_passwords_taken_along_once(
    visit: Callable[..., Page], stage: Stage, tmp_path: Path
) -> None:
    name, department = f"import.{ids.token(6).strip('-_').lower()}", stage.here.department["name"]
    page = visit("/accounts", "system_admin")
    page.get_by_role("link", name="批量导入").click()
    expect(page.get_by_role("heading", level=1, name="批量导入用户")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载导入模板").click()
    template = tmp_path / "模板.xlsx"
    taken.value.save_as(template)
    rows = [
        {"姓名": "周导入", "用户名": name, "部门": department, "手机号": "13985050003"},
        {"姓名": "吴导错", "用户名": f"{name}.x", "部门": "别处的部门", "手机号": "13985050004"},
    ]
    page.get_by_label("导入文件").set_input_files(filled(template, rows))

    preview = page.get_by_role("region", name="预览")
    expect(preview).to_contain_text("1 行有错误")
    expect(preview.get_by_role("row", name="4 部门")).to_contain_text("没有该部门，或不在您的权限范围内：别处的部门")
    assert_accessible(page)
    assert stage.here.see("system_admin", "gateway", "list_accounts", q=name)["items"] == []
    page.get_by_role("button", name="导入 1 个用户，跳过有错误的").click()

    expect(page.get_by_role("heading", name="已导入 1 个用户")).to_be_visible()
    expect(page.get_by_role("button", name="再导入一份")).to_have_count(0)
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="用户", exact=True).click()
    page.get_by_role("dialog", name="还没有下载初始密码").get_by_role("button", name="留在本页").click()
    with page.expect_download() as passwords:
        page.get_by_role("button", name="下载初始密码").click()
    [line] = list(csv.DictReader(io.StringIO(passwords.value.path().read_text("utf-8-sig"))))
    assert (line["姓名"], line["用户名"], line["部门"]) == ("周导入", name, department)
    page.get_by_role("link", name="查看用户").click()
    expect(page.get_by_role("row", name=re.compile("周导入"))).to_be_visible()

    [kept] = stage.here.see("system_admin", "gateway", "list_accounts", q=name)["items"]
    assert (kept["name"], kept["department_id"], kept["must_change_password"]) == ("周导入", stage.here.department["id"], True)
    door = visit("/login")
    enter(door, name, line["初始密码"])
    expect(door.get_by_role("heading", name="修改密码")).to_be_visible()
