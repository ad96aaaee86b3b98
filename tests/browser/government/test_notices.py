"""A notice from its draft to its answers: whom it is for, who has it, when it was read, and what two people did at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from services.kernel import clock, ids
from tests.browser.forms import a_picture, attach, choose, type_day
from tests.stage.world import Side, Stage


def receipts(side: Side, notice_id: str) -> dict[str, Any]:
    """Each receiver's receipt by the kind of receiver."""
    found = side.see("publisher", "notice", "list_receipts", notice_id=notice_id)["items"]
    assert len({one["receiver_kind"] for one in found}) == len(found)
    return {one["receiver_kind"]: one for one in found}


def sent(side: Side, title: str) -> str:
    """A notice for the enterprise of this side and the bureau itself, which they have received; its id."""
    receivers = {"enterprise_ids": [side.enterprise_id], "department_ids": [side.department["id"]]}
    due = (clock.now() + timedelta(days=3)).isoformat()
    form = {"kind": "supervision", "body": "请自查", "receivers": receivers, "feedback_due_at": due, "needs_handling": True}
    notice = side.act("regulator_leader", "notice", "draft_notice", title=title, **form)
    side.act("regulator_leader", "notice", "publish_notice", notice_id=notice["id"])
    side.stage.tick()
    return str(notice["id"])


@pytest.mark.feature("NOT-01")
def test_a_notice_is_approved_and_gives_each_chosen_receiver_one_receipt(visit: Callable[..., Page], stage: Stage) -> None:
    title = f"关于开展岁末检查的督办{ids.token(4)}"
    enterprise = stage.here.see("publisher", "enterprise", "show_enterprise", enterprise_id=stage.here.enterprise_id)["name"]
    page = visit("/notices/new", "publisher")
    page.get_by_role("radiogroup", name="类别").get_by_text("督办通知").click()
    page.locator("#field-title").fill(title)
    page.locator("#field-body").fill("请于三日内自查并反馈")
    page.get_by_role("button", name="存稿并核对").click()
    expect(page.locator("#field-summary")).to_contain_text("请选择反馈截止时间")
    type_day(page, "#field-feedback_due_at", f"{clock.day_of(clock.now()) + timedelta(days=3)} 18:00")
    attach(page.locator("[data-field=attachments] input[type=file]"), a_picture("自查表.jpg"))
    choose(page, "接收部门", stage.here.department["name"])
    choose(page, "指定企业", enterprise)
    page.get_by_role("button", name="存稿并核对").click()

    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("dialog").get_by_role("button", name="提交审核").click()
    expect(page.locator(".title")).to_contain_text("待审核")
    notice_id = page.url.rsplit("/", 1)[-1].partition("?")[0]

    approver = visit(f"/notices/{notice_id}", "notice_approver")
    approver.get_by_role("button", name="审核通知").click()
    approver.get_by_role("dialog").get_by_text("同意发布").click()
    approver.get_by_role("dialog").get_by_role("button", name="提交审核结论").click()
    expect(approver.locator(".title")).to_contain_text("已发布")
    stage.tick()

    page.reload()
    expect(page.locator(".facts")).to_contain_text("2 家")
    page.get_by_role("tab", name=re.compile("接收情况")).click()
    expect(page.get_by_role("tabpanel").locator("tbody tr")).to_have_count(2)
    assert {kind: one["status"] for kind, one in receipts(stage.here, notice_id).items()} == {
        "enterprise": "unread", "department": "unread",
    }  # fmt: skip
    shown = stage.here.see("publisher", "notice", "show_notice", notice_id=notice_id)
    assert (shown["decided_by_name"], len(shown["attachments"]), shown["receiver_count"]) == ("甲方所有人员", 1, 2)


@pytest.mark.feature("NOT-02")
def test_a_notice_is_signed_for_once_and_answered(visit: Callable[..., Page], stage: Stage) -> None:
    notice_id = sent(stage.here, title := f"督办自查{ids.token(4)}")
    inbox = visit("/notices/received", "safety_manager")
    inbox.get_by_role("row", name=re.compile(title)).get_by_role("link", name="办理").click()
    expect(inbox.get_by_role("heading", level=1, name=title)).to_be_visible()
    waiting = visit(urlsplit(inbox.url).path, "principal")  # A colleague has it open as well.
    expect(waiting.get_by_role("button", name="签收")).to_be_visible()

    inbox.get_by_role("button", name="签收").click()
    inbox.get_by_role("dialog").get_by_role("button", name="签收").click()
    expect(inbox.locator(".title")).to_contain_text("已读")
    first = receipts(stage.here, notice_id)["enterprise"]
    assert first["read_at"] is not None
    waiting.get_by_role("button", name="签收").click()
    waiting.get_by_role("dialog").get_by_role("button", name="签收").click()
    expect(waiting.locator(".title")).to_contain_text("已读")
    assert receipts(stage.here, notice_id)["enterprise"]["read_at"] == first["read_at"]

    inbox.get_by_role("button", name="反馈").click()
    inbox.get_by_role("dialog").get_by_role("button", name="提交反馈").click()
    expect(inbox.locator("#action-summary")).to_contain_text("请填写反馈内容")
    inbox.locator("#action-reply").fill("已自查，隐患 2 处均已整改")
    inbox.get_by_role("dialog").get_by_role("button", name="提交反馈").click()
    expect(inbox.locator(".title")).to_contain_text("已反馈")

    page = visit(f"/notices/{notice_id}?tab=receipts", "publisher")
    answered = page.get_by_role("tabpanel").get_by_role("row", name=re.compile("已自查，隐患 2 处均已整改"))
    expect(answered).to_contain_text("已反馈")
    expect(page.locator(".facts")).to_contain_text(re.compile("未读\\s*1 家"))
    office = visit("/notices/received", "officer")
    expect(office.get_by_role("row", name=re.compile(title))).to_contain_text("未读")


def test_whoever_was_second_keeps_what_he_wrote_and_sends_it_again(visit: Callable[..., Page], stage: Stage) -> None:
    notice_id = sent(stage.here, f"两人同时办理{ids.token(4)}")
    receipt = receipts(stage.here, notice_id)["enterprise"]["id"]
    stage.here.act("safety_manager", "notice", "read_notice", receipt_id=receipt)
    page, late = (visit(f"/notices/received/{receipt}", name) for name in ("safety_manager", "safety_director"))
    for one, reply in ((page, "我写的反馈"), (late, "后来的反馈")):
        one.get_by_role("button", name="反馈").click()
        one.locator("#action-reply").fill(reply)
    stage.here.act("principal", "notice", "register_receipt", receipt_id=receipt, handler="设备部")

    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="提交反馈").click()
    expect(dialog.get_by_role("status").filter(has_text="可以再次提交")).to_be_visible()
    expect(page.locator("#action-reply")).to_have_value("我写的反馈")
    assert receipts(stage.here, notice_id)["enterprise"]["status"] == "registered"
    dialog.get_by_role("button", name="提交反馈").click()
    expect(dialog).to_be_hidden()
    assert receipts(stage.here, notice_id)["enterprise"]["reply"] == "我写的反馈"

    # For the third there is nothing left to answer: he is told so, and can take along what he wrote.
    dialog = late.get_by_role("dialog")
    for told in ("可以再次提交", "可复制后关闭"):
        dialog.get_by_role("button", name="提交反馈").click()
        expect(dialog.get_by_role("status").filter(has_text=told)).to_be_visible()
    expect(dialog.get_by_role("alert")).to_contain_text("该通知已反馈")
    expect(late.locator("#action-reply")).to_have_value("后来的反馈")
    dialog.get_by_role("button", name="取消").click()
    expect(late.get_by_role("button", name="反馈")).to_have_count(0)
    assert receipts(stage.here, notice_id)["enterprise"]["reply"] == "我写的反馈"
