"""A check on its page: every item is answered, what fails is described, and what is stored is what was answered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.stage.world import Stage


@pytest.mark.feature("RSK-20")
def test_a_check_is_answered_item_by_item_and_a_failure_is_described(visit: Callable[..., Page], stage: Stage) -> None:
    token = stage.here.tokens["checker"]
    listed = stage.ask(token, operation_named("risk", "list_check_tasks"), {"status": "pending"}).json
    assert listed is not None
    task = listed["items"][0]
    page = visit(f"/check-tasks/{task['id']}", "checker")

    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_role("alert").first).to_contain_text(re.compile("还有 [2-9] 项没有填完"))
    page.locator("#item-1").get_by_text("合格", exact=True).click()
    page.locator("#item-2").get_by_text("措施不到位").click()
    page.get_by_role("button", name="提交检查").click()
    expect(page.locator("#wrong-2")).to_contain_text("请写明哪里不合格")
    page.locator("#item-2 textarea").fill("急停按钮松动")
    for item in page.locator("fieldset").all()[2:]:
        item.get_by_text("不涉及").click()
    page.get_by_role("button", name="提交检查").click()

    expect(page.locator(".result")).to_contain_text("1 项不合格或不到位")
    stored = stage.ask(token, operation_named("risk", "list_checks"), {"limit": 1}).json
    assert stored is not None
    check = stage.ask(token, operation_named("risk", "get_check"), {"check_id": stored["items"][0]["id"]}).json
    assert check is not None
    assert [(one["answer"], one["description"]) for one in check["answers"][:2]] == [("passed", None), ("partly", "急停按钮松动")]
