"""The county takes an enterprise off the register and back on it; who does not use the platform is told by name."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.enterprise.asking import an_enterprise
from tests.stage.world import Stage


def test_an_enterprise_is_deleted_with_its_reason_and_restored(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "goes_away")
    found = side.see("reviewer", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)
    page = visit(f"/enterprises/{side.enterprise_id}", "reviewer")

    page.get_by_role("button", name="删除企业").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("#action-reason").fill("重复登记")
    dialog.locator("#action-last_digits").fill("0000")
    dialog.get_by_role("button", name="删除企业").click()
    expect(dialog.get_by_role("alert")).to_contain_text("已核实无未结事项")
    expect(dialog.get_by_role("alert")).to_contain_text("与这家企业的信用代码不一致")
    dialog.get_by_text("已核实没有在办案件和未销号的重大隐患").click()
    dialog.locator("#action-last_digits").fill(found["unified_credit_code"][-4:])
    dialog.get_by_role("button", name="删除企业").click()

    expect(page.get_by_role("heading", level=1, name="企业列表")).to_be_visible()
    assert side.see("reviewer", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)["status"] == "deleted"
    page.get_by_role("link", name="已删除企业").click()
    row = page.get_by_role("row", name=re.compile(found["name"]))
    expect(row).to_contain_text("重复登记")
    row.get_by_role("button", name=re.compile("^恢复")).click()
    page.get_by_role("dialog").locator("#action-reason").fill("误删")
    page.get_by_role("dialog").get_by_role("button", name="恢复企业").click()

    expect(page.get_by_text(found["name"], exact=True)).to_have_count(0)
    assert side.see("reviewer", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)["status"] == "active"


def test_who_does_not_use_the_platform_is_listed_with_a_way_to_his_file(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "stays_away")
    stage.tick()
    name = side.see("reviewer", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)["name"]

    page = visit("/enterprises/offline?limit=200", "regulator")

    expect(page.get_by_role("row", name=re.compile(name))).to_contain_text("否")
