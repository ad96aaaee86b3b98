"""Stopping and resuming: asked for by the enterprise, followed on its page, decided by the county with what it needs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from services.kernel import ids
from tests.browser.enterprise.asking import A_SCAN, an_enterprise, hand_in, in_days
from tests.browser.forms import choose, type_day
from tests.stage.world import Side, Stage


def asked(side: Side, **values: Any) -> str:
    """A request that waits for the county; its id."""
    given = {"enterprise_id": side.enterprise_id, "from_on": in_days(1).isoformat()} | values
    made = side.act("enterprise_admin", "enterprise", "request_suspension", **given)
    side.act("enterprise_admin", "enterprise", "submit_suspension", suspension_id=made["id"])
    return str(made["id"])


def stopped(side: Side, stop_kind: str) -> None:
    more = {"expected_to_on": in_days(60).isoformat(), "duty_arrangement": "每日两人值守", "are_dangers_sealed": True}
    request = asked(side, kind="stop", stop_kind=stop_kind, reason="停产整顿", **more)
    side.act("reviewer", "enterprise", "review_suspension", suspension_id=request, decision="approve")


def status_of(side: Side, suspension_id: str) -> str:
    return str(side.see("enterprise_admin", "enterprise", "show_suspension", suspension_id=suspension_id)["status"])


def fill_in(page: Page, until: int) -> None:
    """A stop from the tenth day on."""
    choose(page, "停产类型", "检修停产")
    type_day(page, "#field-from_on", in_days(10))
    type_day(page, "#field-expected_to_on", in_days(until))
    page.locator("#field-reason").fill("年度大修")
    page.locator("#field-duty_arrangement").fill("张工、李工轮流值班，电话 085185551234")
    page.get_by_text("危险源已封存，并有专人看护").click()


def test_a_stop_is_asked_for_followed_and_taken_back(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "stops")
    page = visit("/suspensions/new", "stops")
    page.get_by_role("button", name="提交申请").click()
    summary = page.locator("#field-summary")
    for words in ("停产类型", "起始日期", "值班安排", "危险源已封存确认"):
        expect(summary).to_contain_text(words)
    assert side.see("enterprise_admin", "enterprise", "list_suspensions")["items"] == []

    fill_in(page, until=5)
    expect(summary).to_contain_text("预计截止日期不能早于起始日期")
    type_day(page, "#field-expected_to_on", in_days(20))
    page.get_by_role("button", name="提交申请").click()

    expect(page.get_by_role("heading", level=1, name="停工停产")).to_be_visible()
    expect(page.get_by_text("待审核").first).to_be_visible()
    request = side.see("enterprise_admin", "enterprise", "list_suspensions")["items"][0]
    assert (request["status"], request["stop_kind"], request["from_on"]) == ("pending", "maintenance", in_days(10).isoformat())
    assert request["are_dangers_sealed"] is True
    page.get_by_role("button", name="撤回申请").click()
    page.get_by_role("dialog").get_by_role("button", name="撤回申请").click()
    expect(page.get_by_text("已取消").first).to_be_visible()
    assert status_of(side, request["id"]) == "cancelled"


def test_a_request_waits_for_its_file_and_takes_it_along(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "uploads")
    page = visit("/suspensions/new", "uploads")
    fill_in(page, until=20)
    held: list[Route] = []
    page.route("**/api/v1/files", lambda route: held.append(route))
    with page.expect_request("**/api/v1/files"):
        page.locator("input[type=file]").set_input_files([A_SCAN])

    page.get_by_role("button", name="提交申请").click()

    expect(page.get_by_role("button", name="等待文件上传")).to_be_visible()
    assert side.see("enterprise_admin", "enterprise", "list_suspensions")["items"] == []
    held[0].continue_()
    expect(page.get_by_role("heading", level=1, name="停工停产")).to_be_visible()
    request = side.see("enterprise_admin", "enterprise", "list_suspensions")["items"][0]
    assert (request["status"], len(request["attachments"])) == ("pending", 1)


def test_a_draft_is_kept_changed_and_dropped(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "drafts")
    page = visit("/suspensions/new", "drafts")
    page.locator("#field-reason").fill("汛期停产")
    page.get_by_role("button", name="存为草稿").click()

    expect(page.get_by_role("heading", level=1, name="停工停产")).to_be_visible()
    draft = side.see("enterprise_admin", "enterprise", "list_suspensions")["items"][0]
    assert (draft["status"], draft["reason"], draft["submitted_at"]) == ("draft", "汛期停产", None)
    page.get_by_role("button", name="修改草稿").click()
    expect(page.locator("#field-reason")).to_have_value("汛期停产")
    page.locator("#field-reason").fill("汛期停产，河水倒灌")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("汛期停产，河水倒灌")).to_be_visible()

    page.get_by_role("button", name="放弃草稿").click()
    page.get_by_role("dialog").get_by_role("button", name="放弃草稿").click()

    expect(page.get_by_text("已取消").first).to_be_visible()
    kept = side.see("enterprise_admin", "enterprise", "show_suspension", suspension_id=draft["id"])
    assert (kept["status"], kept["reason"]) == ("cancelled", "汛期停产，河水倒灌")
    assert side.see("reviewer", "enterprise", "list_suspensions", enterprise_id=side.enterprise_id)["items"] == []


@pytest.mark.feature("ENT-17")
def test_a_resumption_after_an_ordered_stop_waits_for_the_record_of_acceptance(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "was_ordered")
    stopped(side, "ordered")
    request = asked(side, kind="resume", self_check_report=[ids.new_id()])
    page = visit(f"/suspensions/reviews?id={request}", "reviewer")
    expect(page.get_by_role("heading", name=re.compile(side.mark)).first).to_be_visible()

    page.get_by_role("button", name="通过并看下一条").click()
    expect(page.get_by_role("alert")).to_contain_text("须先现场验收")
    assert status_of(side, request) == "pending"
    type_day(page, "[aria-label=验收日期]", in_days(0))
    page.locator("input[type=file]").set_input_files([A_SCAN])
    expect(page.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    hand_in(page, "通过并看下一条", request)

    decided = side.see("enterprise_admin", "enterprise", "show_suspension", suspension_id=request)
    assert (decided["status"], decided["accepted_on"], len(decided["acceptance_record"])) == ("approved", in_days(0).isoformat(), 1)
    assert side.see("enterprise_admin", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)["status"] == "active"


def test_a_request_sent_back_tells_the_enterprise_why(visit: Callable[..., Page], stage: Stage) -> None:
    side = an_enterprise(stage, "is_refused")
    more = {"expected_to_on": in_days(60).isoformat(), "duty_arrangement": "值守", "are_dangers_sealed": True}
    request = asked(side, kind="stop", stop_kind="seasonal", reason="枯水期", **more)
    page = visit(f"/suspensions/reviews?id={request}", "reviewer")
    page.get_by_label("审核意见").fill("值班安排不具体，请写明人员和电话")

    hand_in(page, "退回修改", request)

    assert status_of(side, request) == "rejected"
    own = visit(f"/suspensions/{request}", "is_refused")
    expect(own.get_by_text("值班安排不具体，请写明人员和电话")).to_be_visible()
