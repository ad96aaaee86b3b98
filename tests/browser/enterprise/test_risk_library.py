"""The library of points as a list: by level, out of the system's own library, deleted many at once, and the log of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.browser.forms import choose
from tests.stage.world import Stage


def listed(stage: Stage, operation: str, **asked: Any) -> list[dict[str, Any]]:
    found = stage.ask(stage.here.tokens["safety_manager"], operation_named("risk", operation), asked).json
    assert found is not None
    return list(found["items"])


def a_point(stage: Stage, name: str, **more: Any) -> dict[str, Any]:
    given = {"name": name, "is_draft": True, "assessment": None, "factors": [], "check_items": []} | more
    return dict(stage.here.act("safety_manager", "risk", "create_risk_point", **given))


@pytest.mark.feature("RSK-01")
def test_a_chip_leaves_the_points_of_its_level_and_the_address_keeps_it(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-points", "safety_manager")
    expect(page.get_by_role("columnheader", name="危害因素")).to_be_visible()

    page.get_by_role("navigation", name="风险等级").get_by_role("button", name="低风险").click()

    expect(page).to_have_url(re.compile("level=blue"))
    blue = listed(stage, "list_risk_points", level="blue", limit=20)
    expect(page.locator("tbody tr")).to_have_count(len(blue))
    first = page.get_by_role("row", name=re.compile(re.escape(blue[0]["name"])))
    expect(first).to_contain_text(blue[0]["number"])
    expect(first).to_contain_text("低")
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(len(blue))


@pytest.mark.feature("RSK-01")
def test_the_gravest_stand_first_and_the_order_is_turned_by_its_heading(visit: Callable[..., Page], stage: Stage) -> None:
    a_point(stage, "排在后面的草稿")
    page = visit("/risk-points?limit=200", "safety_manager")

    for sort, direction in (("level", "ascending"), ("-level", "descending")):
        expect(page.get_by_role("columnheader", name="等级")).to_have_attribute("aria-sort", direction)
        found = listed(stage, "list_risk_points", sort=sort, limit=200)
        numbers = page.locator("tbody tr small")
        expect(numbers).to_have_text([one["number"] for one in found])
        assert [one["level"] for one in found] == sorted((one["level"] for one in found), key=RANK.index, reverse=sort == "-level")
        expect(page.locator(".page-head")).to_contain_text(f"共 {len(found)} 个")
        page.get_by_role("columnheader", name="等级").get_by_role("button").click()


def test_a_category_is_made_and_leads_to_its_points(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-points/categories", "safety_manager")
    page.get_by_role("button", name="新增分类").click()
    page.get_by_role("dialog").get_by_label("分类名称").fill("页面新增的分类")
    page.get_by_role("dialog").get_by_role("button", name="新增分类").click()

    link = page.get_by_role("link", name="页面新增的分类")
    expect(link).to_be_visible()
    made = [one for one in listed(stage, "list_risk_categories") if one["name"] == "页面新增的分类"]
    assert len(made) == 1
    link.click()
    expect(page).to_have_url(re.compile(f"category_id={made[0]['id']}"))
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()


@pytest.mark.feature("RSK-08")
def test_points_of_the_systems_library_are_taken_over_and_wait_to_be_assessed(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-points/library", "list_author")
    row = page.locator("tbody tr").first
    name = row.locator("td").nth(1).locator("span").first.inner_text()
    row.get_by_role("button", name=re.compile("^查看")).click()
    expect(page.get_by_role("dialog", name=name)).to_contain_text("检查内容")
    page.keyboard.press("Escape")

    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="引用到本企业").click()
    choose(page.get_by_role("dialog"), "所属单元")
    page.get_by_role("dialog").get_by_role("button", name="引用", exact=True).click()

    expect(page).to_have_url(re.compile("status=identified"))
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    taken = [one for one in listed(stage, "list_risk_points", status="identified") if one["name"] == name]
    assert [(one["source"], one["level"]) for one in taken] == [("library", None)]


@pytest.mark.feature("RSK-09")
@pytest.mark.feature("RSK-10")
def test_of_many_those_that_have_to_stay_are_named_and_the_log_has_one_row(visit: Callable[..., Page], stage: Stage) -> None:
    gone = a_point(stage, "批量删除的草稿")
    kept = a_point(stage, "批量删除的在用点", is_draft=False, **WHOLE)
    stage.here.act("safety_manager", "risk", "publish_risk_point", risk_point_id=kept["id"])
    stage.here.act("safety_manager", "risk", "retire_risk_point", risk_point_id=kept["id"], reason="设备已拆除")
    page = visit("/risk-points?q=批量删除的", "safety_manager")

    page.get_by_role("checkbox", name="选择本页全部").check()
    expect(page.get_by_text("已选 2 个")).to_be_visible()
    page.get_by_role("button", name="删除风险点").click()
    page.get_by_role("dialog").get_by_label("原因").fill("清理重复登记的风险点")
    page.get_by_role("dialog").get_by_role("button", name="删除风险点").click()

    result = page.get_by_role("dialog", name="删除结果")
    expect(result).to_contain_text("已删除 1 个")
    expect(result).to_contain_text("批量删除的在用点")
    expect(result).to_contain_text("曾经在用，记录须保留")
    result.get_by_role("button", name="知道了").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    left = [one["id"] for one in listed(stage, "list_risk_points", q="批量删除的")]
    assert left == [kept["id"]]
    assert gone["id"] not in left

    page.get_by_role("link", name="操作日志").click()
    newest = page.locator("tbody tr").first
    expect(newest).to_contain_text("批量删除")
    expect(newest).to_contain_text("清理重复登记的风险点")
    batch = listed(stage, "list_risk_batches", action="delete")[0]
    assert (batch["ok"], batch["failed"]) == (1, 1)


RANK = ["red", "orange", "yellow", "blue", None]
WHOLE: dict[str, Any] = {
    "factors": [{"code": "2102", "description": "防护缺失", "measures": [{"kind": "engineering", "text": "加装防护罩"}]}],
    "assessment": {"method": "LEC", "parameters": {"L": 1, "E": 6, "C": 3}},
    "check_items": [{"item": "防护罩完好", "standard": None}],
}
