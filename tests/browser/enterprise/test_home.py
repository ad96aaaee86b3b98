"""The first page of an enterprise: what to do next, how it stands, what waits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.stage.world import Stage


@pytest.mark.feature("STA-01")
def test_the_board_shows_the_figures_of_the_day_and_of_the_month_at_its_own_address(
    visit: Callable[..., Page], stage: Stage
) -> None:
    token, board = stage.here.tokens["safety_manager"], operation_named("stats", "show_board")
    told = stage.ask(token, board, {"period": "month"}).json
    page = visit("/", "safety_manager")

    page.get_by_text("本月", exact=True).click()

    expect(page).to_have_url(re.compile("period=month"))
    total = page.get_by_role("row", name=re.compile("^全公司"))
    assert told is not None
    for name in ("due_count", "checked_count", "general_count", "major_count"):
        expect(total).to_contain_text(str(told["total"][name]))
    page.reload()
    expect(page.get_by_role("radio", name="本月")).to_be_checked()


@pytest.mark.feature("HAZ-11")
@pytest.mark.feature("STA-02")
def test_the_numbers_of_hazards_lead_to_the_lists_that_they_count(visit: Callable[..., Page], stage: Stage) -> None:
    token = stage.here.tokens["safety_manager"]
    told = stage.ask(token, operation_named("hazard", "list_hazard_tasks"), {}).json
    assert told is not None
    counts = {one["task"]: one["count"] for one in told["items"]}
    page = visit("/", "safety_manager")
    dynamics = page.get_by_role("region", name="隐患治理动态")
    expect(dynamics.get_by_role("listitem").first).to_be_visible()
    dynamics.get_by_role("listitem").first.get_by_role("link").evaluate("link => (link.textContent = '隐'.repeat(200))")
    assert page.locator("main").evaluate("element => element.scrollWidth <= element.clientWidth")  # A long sentence is cut.

    for task, word in {"confirm": "待确认", "rectify": "待整改", "recheck": "待复查"}.items():
        tile = dynamics.locator(f"a[href*='task={task}']")
        expect(tile).to_have_text(re.compile(f"{counts.get(task, 0)}\\s*{word}"))


@pytest.mark.feature("STA-24")
def test_common_functions_are_those_that_somebody_chose(visit: Callable[..., Page]) -> None:
    page = visit("/me/menu", "safety_manager")
    page.locator("label", has_text="个人信息").first.click()
    page.get_by_role("button", name="保存菜单").click()
    expect(page.get_by_text("个人菜单已保存")).to_be_visible()

    page.goto(page.url.partition("/me/")[0])

    section = page.locator("section", has=page.get_by_role("heading", name="常用功能"))
    expect(section.locator("li")).to_have_count(1)
    expect(section.get_by_role("link", name="个人信息")).to_be_visible()


@pytest.mark.feature("ENT-23")
def test_the_guide_folds_away_when_all_is_done_and_comes_back_with_what_is_lacking(
    visit: Callable[..., Page], stage: Stage
) -> None:
    page = visit("/", "safety_manager")
    guide = page.get_by_role("region", name="工作引导")
    expect(page.get_by_role("region", name="待查风险点")).to_be_visible()
    expect(guide).to_have_count(0)

    lists = operation_named("risk", "list_risk_lists")
    filed = stage.ask(stage.here.tokens["safety_manager"], lists, {"status": "filed"}).json
    assert filed is not None
    for one in filed["items"]:
        stage.here.act("safety_manager", "risk", "withdraw_risk_list", risk_list_id=one["id"], reason="组织调整")
    page.reload()

    expect(guide.get_by_role("listitem")).to_have_count(4)
    expect(guide.locator("[aria-current=step]")).to_contain_text("还没有报备的清单")
