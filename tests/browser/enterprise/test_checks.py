"""A check on its page: every item is answered, what fails is described, and what is stored is what was answered."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from services.kernel import clock
from services.risk.contract.vocabulary import PERIODS
from services.risk.tables import check_task
from tests.browser.forms import a_picture, attach
from tests.stage.world import Stage


def pending(stage: Stage) -> list[dict[str, Any]]:
    listed = stage.ask(stage.here.tokens["checker"], operation_named("risk", "list_check_tasks"), {"status": "pending"}).json
    assert listed is not None
    return list(listed["items"])


def open_now(stage: Stage, task_id: str) -> None:
    """The stage's tasks are tomorrow's: the window of this one is open today."""
    _, database = stage.parts["risk"]
    now = clock.now()
    window = {"window_start": now - timedelta(hours=1), "window_end": now + timedelta(hours=1)}
    with database.work(stage.here.caller("safety_manager"), "open_now") as work:
        work.session.execute(sa.update(check_task).where(check_task.c.id == task_id).values(window))


@pytest.mark.feature("RSK-20")
def test_the_number_that_waits_for_me_is_the_list_that_it_opens(visit: Callable[..., Page], stage: Stage) -> None:
    open_now(stage, pending(stage)[0]["id"])
    counts = stage.ask(stage.here.tokens["checker"], operation_named("risk", "count_check_tasks"), {}).json
    assert counts is not None
    assert counts["pending"] == 1
    page = visit("/", "checker")

    page.get_by_role("region", name="待查风险点").get_by_role("link", name=f"{counts['pending']} 个").click()

    expect(page.get_by_role("heading", name="待查风险点")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(counts["pending"])
    sheet = stage.here.see("checker", "risk", "list_check_sheets")["items"][0]
    expect(page.locator("tbody tr").first).to_contain_text(sheet["list_name"])
    expect(page.locator("tbody tr").first).to_contain_text(PERIODS[sheet["period"]])
    page.get_by_role("link", name="开始检查").first.click()
    expect(page.get_by_role("button", name="提交检查")).to_be_visible()


def test_a_check_that_is_left_goes_on_where_it_was(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit(f"/check-tasks/{pending(stage)[-1]['id']}", "checker")
    page.locator("#item-1").get_by_text("合格", exact=True).click()
    expect(page.get_by_text(re.compile("已填 1 / [2-9] 项"))).to_be_visible()

    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("dialog")).to_contain_text("还有未保存的修改")
    page.get_by_role("button", name="存为草稿并离开").click()
    expect(page).to_have_url(re.compile("/check-tasks$"))
    page.go_back()

    expect(page.get_by_text(re.compile("已填 1 / [2-9] 项"))).to_be_visible()
    expect(page.locator("#item-1").get_by_role("radio", name="合格", exact=True)).to_be_checked()


@pytest.mark.feature("RSK-20")
def test_a_check_is_answered_item_by_item_and_a_failure_is_described(visit: Callable[..., Page], stage: Stage) -> None:
    token = stage.here.tokens["checker"]
    task = pending(stage)[0]
    page = visit(f"/check-tasks/{task['id']}", "checker")

    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_role("alert").first).to_contain_text(re.compile("还有 [2-9] 处需要修改"))
    page.locator("#item-1").get_by_text("合格", exact=True).click()
    page.locator("#item-2").get_by_text("措施不到位").click()
    page.get_by_role("button", name="提交检查").click()
    expect(page.get_by_role("group", name="第 2 项")).to_contain_text("没有写明哪里不合格")
    page.get_by_label("第 2 项隐患描述").fill("急停按钮松动")
    attach(page.get_by_label("第 2 项照片"), a_picture("急停按钮.jpg"))
    expect(page.locator("#item-2").get_by_role("img", name="急停按钮.jpg")).to_be_visible()
    for item in page.locator("fieldset").all()[2:]:
        item.get_by_text("不涉及").click()
    page.get_by_role("button", name="提交检查").click()

    expect(page.get_by_role("status").filter(has_text="1 项不合格或不到位")).to_be_visible()
    stored = stage.ask(token, operation_named("risk", "list_checks"), {"limit": 1}).json
    assert stored is not None
    check = stage.ask(token, operation_named("risk", "get_check"), {"check_id": stored["items"][0]["id"]}).json
    assert check is not None
    assert [(one["answer"], one["description"]) for one in check["answers"][:2]] == [("passed", None), ("partly", "急停按钮松动")]
    assert [len(one["photos"]) for one in check["answers"][:2]] == [0, 1]

    page.get_by_role("link", name="查看检查记录").click()
    expect(page.get_by_role("heading", name=re.compile("^检查记录"))).to_be_visible()
    wrong = page.get_by_role("listitem").filter(has_text="急停按钮松动")
    expect(wrong).to_contain_text("措施不到位")
    expect(wrong.get_by_role("img")).to_be_visible()


def test_records_with_failures_are_found(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/checks?is_failed=true", "safety_manager")
    found = stage.ask(stage.here.tokens["safety_manager"], operation_named("risk", "list_checks"), {"is_failed": True}).json
    assert found is not None

    expect(page.locator("tbody tr")).to_have_count(len(found["items"]))
    page.locator("tbody tr").first.get_by_role("link", name="查看").click()

    expect(page.get_by_text("不合格", exact=True).or_(page.get_by_text("措施不到位", exact=True)).first).to_be_visible()
