"""What an enterprise changes of itself: ordinary fields at once, key fields when the county has passed them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.enterprise.asking import an_enterprise, hand_in
from tests.browser.forms import choose
from tests.stage.world import Side, Stage


def stored(side: Side, field: str) -> object:
    return side.see("enterprise_admin", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)[field]


def change(side: Side, **changes: str) -> str:
    """A change that waits for the county; its id."""
    asked = {"enterprise_id": side.enterprise_id, "changes": changes, "reason": "换届"}
    made = side.act("enterprise_admin", "enterprise", "request_change", **asked)
    side.act("enterprise_admin", "enterprise", "submit_change", change_id=made["id"])
    return str(made["id"])


@pytest.mark.feature("ENT-05")
def test_a_telephone_changes_at_once_and_the_industry_when_it_is_passed(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "changes_itself")
    page = visit("/enterprise", "changes_itself")
    page.get_by_role("button", name="修改企业资料").click()

    page.locator("#field-principal_phone").fill("123")
    page.get_by_role("button", name="保存资料").click()
    expect(page.locator("#field-summary")).to_contain_text("应为手机号或带区号的座机号")
    page.locator("#field-principal_phone").fill("13600001111")
    page.get_by_role("button", name="保存资料").click()
    expect(page.get_by_text("13600001111")).to_be_visible()
    assert stored(side, "principal_phone") == "13600001111"

    page.get_by_role("button", name="申请变更关键信息").click()
    choose(page, "行业类别", "煤矿")
    page.locator("#field-reason").fill("主业调整")
    page.get_by_role("button", name="提交变更").click()
    row = page.get_by_role("tabpanel").get_by_role("row", name=re.compile("行业类别"))
    expect(row).to_contain_text("待审核")
    assert stored(side, "industry") == "GM01"


def test_a_change_of_nothing_is_refused_before_anything_is_kept(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "changes_nothing")
    page = visit("/enterprise/changes/new", "changes_nothing")

    page.locator("#field-reason").fill("没有变化")
    page.get_by_role("button", name="提交变更").click()

    expect(page.locator("#field-summary")).to_contain_text("没有任何关键信息发生变化")
    assert side.see("enterprise_admin", "enterprise", "list_changes")["items"] == []


@pytest.mark.feature("ENT-68")
def test_the_clerk_sees_before_and_after_and_each_version_stays_readable(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "changes_twice")
    first = str(stored(side, "legal_representative"))
    change_id = change(side, legal_representative="钱七")
    page = visit(f"/enterprises/changes?id={change_id}", "reviewer")
    record = page.get_by_role("row", name=re.compile("法定代表人"))
    expect(record.locator("del")).to_have_text(first)
    expect(record.locator("ins")).to_have_text("钱七")
    expect(page.get_by_role("heading", name="主体信息")).to_have_count(0)
    page.get_by_text("只看变更").click()
    expect(page.get_by_role("heading", name="主体信息")).to_be_visible()

    hand_in(page, "通过并看下一条", change_id)

    assert stored(side, "legal_representative") == "钱七"
    again = change(side, legal_representative="孙八")
    side.act("reviewer", "enterprise", "review_change", change_id=again, decision="approve", opinion="同意")
    file = visit("/enterprise?tab=changes", "changes_twice")
    for index, (before, after) in enumerate([("钱七", "孙八"), (first, "钱七")]):
        file.get_by_role("button", name=re.compile("^查看变更")).nth(index).click()
        shown = file.get_by_role("dialog")
        expect(shown.locator("del")).to_have_text(before)
        expect(shown.locator("ins")).to_have_text(after)
        expect(shown).to_contain_text("已生效")
        file.keyboard.press("Escape")
        expect(shown).to_be_hidden()


def test_a_change_sent_back_is_corrected_and_sent_again(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "is_sent_back")
    change_id = change(side, legal_representative="钱七")
    side.act("reviewer", "enterprise", "review_change", change_id=change_id, decision="reject", opinion="缺少任命文件")
    page = visit("/enterprise?tab=changes", "is_sent_back")
    row = page.get_by_role("row", name=re.compile("法定代表人"))
    expect(row).to_contain_text("已退回")
    expect(row).to_contain_text("缺少任命文件")

    row.get_by_role("link", name="修改").click()
    expect(page.locator("#field-changes-legal_representative")).to_have_value("钱七")
    page.locator("#field-reason").fill("附任命文件")
    page.get_by_role("button", name="提交变更").click()

    expect(page.get_by_role("row", name=re.compile("法定代表人"))).to_contain_text("待审核")
    found = side.see("enterprise_admin", "enterprise", "list_changes")["items"][0]
    assert (found["status"], found["reason"]) == ("pending", "附任命文件")
