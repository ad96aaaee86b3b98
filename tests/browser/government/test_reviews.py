"""A clerk reviews registrations on one screen: what is sent back says why, and what was decided too fast is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.stage.people import applicant
from tests.stage.stories.enterprise import a_form
from tests.stage.world import Side, Stage

WORKERS_NUMBER = "529999198001010014"


def an_application(side: Side) -> tuple[str, str]:
    """A registration that waits for the county: its id and name."""
    account = applicant(side.stage.identity)
    side.sign_in("newcomer", account["id"])
    name = f"新申报机械有限公司{ids.token(4)}"
    side.act("newcomer", "enterprise", "register_enterprise", **a_form(side) | {"name": name})
    worker = {"name": "检修工石某", "id_number": WORKERS_NUMBER, "sex": None, "post": "检修工"}
    side.act("newcomer", "enterprise", "add_worker", enterprise_id=account["enterprise_id"], **worker)
    side.act("newcomer", "enterprise", "submit_registration", enterprise_id=account["enterprise_id"])
    return account["enterprise_id"], name


def status_of(side: Side, enterprise_id: str) -> Any:
    return side.see("reviewer", "enterprise", "show_enterprise", enterprise_id=enterprise_id)["status"]


@pytest.mark.feature("ENT-09")
def test_a_registration_is_sent_back_with_its_reason(visit: Callable[..., Page], stage: Stage) -> None:
    enterprise_id, name = an_application(stage.here)
    page = visit(f"/enterprises/reviews?id={enterprise_id}", "reviewer")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="企业资质")).to_be_visible()
    expect(page.get_by_role("row", name="检修工石某")).to_contain_text("529***********0014")

    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_role("alert")).to_contain_text("退回须填写意见")
    page.get_by_label("审核意见").fill("营业执照不清晰，请重新上传")
    page.get_by_role("button", name="退回修改").click()

    queue = page.get_by_role("navigation", name="待审队列")
    expect(queue.get_by_text(name)).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST" and enterprise_id in answer.url):
        page.get_by_role("navigation", name="主菜单").get_by_role("link", name="贵州双重预防平台").click()  # Leaving sends it.
    assert status_of(stage.here, enterprise_id) == "rejected"
    page.goto(page.url.partition("?")[0].rstrip("/") + "/enterprises/rejected")
    expect(page.get_by_role("row", name=name)).to_be_visible()


def test_a_decision_is_taken_back_within_its_seconds_and_then_made_by_one_key(visit: Callable[..., Page], stage: Stage) -> None:
    enterprise_id, name = an_application(stage.here)
    page = visit(f"/enterprises/reviews?id={enterprise_id}", "reviewer")
    expect(page.get_by_role("heading", name=name)).to_be_visible()

    page.keyboard.press("a")
    page.get_by_role("button", name="撤回上一条").click()

    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert status_of(stage.here, enterprise_id) == "pending"
    with page.expect_response(lambda answer: answer.request.method == "POST" and enterprise_id in answer.url):
        page.keyboard.press("a")  # Nobody takes this one back: it goes out when its seconds are over.
    assert status_of(stage.here, enterprise_id) == "active"


def test_a_clerk_of_another_county_finds_nothing_to_review(visit: Callable[..., Page], stage: Stage) -> None:
    enterprise_id, name = an_application(stage.here)

    page = visit(f"/enterprises/reviews?id={enterprise_id}", "reviewer", side=stage.there)

    expect(page.get_by_role("heading", level=1, name="企业审核")).to_be_visible()
    expect(page.get_by_text(name)).to_have_count(0)
