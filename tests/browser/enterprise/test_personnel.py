"""The people of an enterprise on their own page: entered with certificates, found, changed without their numbers, taken out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.enterprise.asking import A_SCAN, in_days
from tests.browser.enterprise.workers import entering, save
from tests.browser.forms import choose
from tests.browser.menu import opened, side_menu
from tests.stage.arguments import an_identity_number
from tests.stage.world import Side, Stage

MOBILE = "13985072946"


def listed(side: Side, q: str) -> list[dict[str, Any]]:
    found = side.see("enterprise_admin", "enterprise", "list_personnel", enterprise_id=side.enterprise_id, q=q)
    return list(found["items"])


def a_person(side: Side) -> tuple[dict[str, Any], str]:
    """Somebody who was entered before, and his number."""
    number = an_identity_number()
    given = {"id_number": number, "phone": MOBILE, "sex": None, "name": f"王{ids.token(4)}", "post": "焊工"}
    return side.act("enterprise_admin", "enterprise", "add_worker", **given), number


@pytest.mark.feature("ENT-08")
def test_somebody_is_entered_with_a_certificate_and_its_scan(visit: Callable[..., Page], stage: Stage) -> None:
    name, number = f"张{ids.token(4)}", an_identity_number()
    page = visit("/", "safety_manager")
    opened(side_menu(page), "安全管理台账").filter(has_text="企业人员").click()
    dialog = entering(page, name=name, id_number=number, phone=MOBILE, post="电工", title="技师")
    dialog.get_by_role("button", name="添加证书").click()
    dialog.get_by_role("button", name="保存人员").click()
    expect(dialog.get_by_role("alert")).to_contain_text("每个证书都要选择类型")
    line = dialog.get_by_role("group", name="证书 1")
    choose(line, "证书类型 1", "主要负责人安全生产知识和管理能力")
    line.get_by_role("textbox", name="证书编号 1").fill("黔T0001")
    line.get_by_role("combobox", name="有效期至 1").fill(str(in_days(400)))
    line.get_by_role("combobox", name="有效期至 1").press("Enter")
    line.locator("input[type=file]").set_input_files([A_SCAN])
    expect(line.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    assert_accessible(page)
    save(dialog)

    row = page.get_by_role("row", name=re.compile(name))
    expect(row).to_contain_text(f"{number[:3]}***********{number[-4:]}")
    expect(row).to_contain_text("139****2946")
    expect(row).to_contain_text(f"（至 {in_days(400)}）")
    (found,) = listed(stage.here, number)
    (certificate,) = found["certificates"]
    assert (found["name"], found["sex"], found["post"], found["title"]) == (name, "male", "电工", "技师")
    assert (certificate["certificate_type"], certificate["number"]) == ("RY01", "黔T0001")
    with page.expect_download() as scan:
        row.get_by_role("link", name=re.compile("黔T0001")).click()
    assert scan.value.suggested_filename == "扫描件.pdf"


def test_somebody_is_changed_without_his_numbers(visit: Callable[..., Page], stage: Stage) -> None:
    worker, number = a_person(stage.here)
    page = visit("/personnel", "enterprise_admin")
    page.get_by_role("textbox", name="姓名").fill(number)
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name=f"修改人员 {worker['name']}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("#worker-id_number")).to_have_value("")
    expect(dialog.locator("#worker-id_number")).to_have_attribute("placeholder", worker["id_number"])

    dialog.locator("#worker-post").fill("班组长")
    save(dialog)

    expect(page.get_by_role("row", name=re.compile(worker["name"]))).to_contain_text("班组长")
    whole = stage.here.act("enterprise_admin", "enterprise", "reveal_worker", worker_id=worker["id"])
    assert (whole["whole_id_number"], whole["whole_phone"]) == (number, MOBILE)


def test_whole_numbers_are_shown_to_who_asks_and_what_is_shown_is_saved(visit: Callable[..., Page], stage: Stage) -> None:
    worker, number = a_person(stage.here)
    page = visit(f"/personnel?q={worker['name']}", "enterprise_admin")
    page.get_by_role("button", name=f"修改人员 {worker['name']}").click()
    dialog = page.get_by_role("dialog")
    assert number not in page.content()

    dialog.get_by_role("button", name="显示完整号码").click()

    expect(dialog.get_by_role("status")).to_contain_text("本次查看已记入操作日志")
    expect(dialog.locator("#worker-id_number")).to_have_value(number)
    dialog.locator("#worker-phone").fill("")
    save(dialog)
    whole = stage.here.act("enterprise_admin", "enterprise", "reveal_worker", worker_id=worker["id"])
    assert (whole["whole_id_number"], whole["whole_phone"]) == (number, None)


def test_somebody_is_entered_once_and_taken_out(visit: Callable[..., Page], stage: Stage) -> None:
    worker, number = a_person(stage.here)
    page = visit(f"/personnel?q={worker['name']}", "enterprise_admin")
    dialog = entering(page, name="重名", id_number=number, post="焊工")
    dialog.get_by_role("button", name="保存人员").click()
    expect(dialog.locator("#worker-id_number-note")).to_have_text("已登记")
    dialog.get_by_role("button", name="取消").click()

    page.get_by_role("button", name=f"删除人员 {worker['name']}").click()
    page.get_by_role("dialog").get_by_role("button", name="删除人员").click()

    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    assert listed(stage.here, number) == []


def test_who_may_not_keep_them_reads_them_masked(visit: Callable[..., Page], stage: Stage) -> None:
    worker, number = a_person(stage.here)
    page = visit(f"/personnel?q={worker['name']}", "checker", PHONE)

    expect(page.get_by_role("row", name=re.compile(worker["name"]))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("登记人员|修改人员"))).to_have_count(0)
    assert number not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_somebody_else_changed_meanwhile_goes_together(visit: Callable[..., Page], stage: Stage) -> None:
    worker, number = a_person(stage.here)
    page = visit(f"/personnel?q={worker['name']}", "enterprise_admin")
    page.get_by_role("button", name=f"修改人员 {worker['name']}").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#worker-title").fill("技师")
    kept = {"name": worker["name"], "sex": None, "phone": None, "id_number": None, "title": None, "certificates": []}
    stage.here.act("safety_manager", "enterprise", "edit_worker", worker_id=worker["id"], version=1, **kept, post="班组长")

    dialog.get_by_role("button", name="保存人员").click()
    expect(dialog.get_by_text("已经合并")).to_be_visible()
    expect(dialog.locator("#worker-post")).to_have_value("班组长")
    save(dialog)

    (found,) = listed(stage.here, number)
    assert (found["post"], found["title"], found["version"]) == ("班组长", "技师", 3)
