"""A risk point written on its page: the level as one chooses, what is missing by name, and what is stored."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.stage.world import Stage


def choose(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"#factor-{name} label", has=page.locator("b", has_text=re.compile(f"^{re.escape(value)}$"))).click()


@pytest.mark.feature("RSK-12")
@pytest.mark.parametrize(
    ("method", "values", "shown"),
    [
        ("LEC", {"L": "3", "E": "10", "C": "15"}, "重大风险 · 红"),
        ("LEC", {"L": "1", "E": "10", "C": "7"}, "一般风险 · 黄"),
        ("LS 矩阵", {"L": "3", "S": "5"}, "较大风险 · 橙"),
        ("MES", {"M": "1", "E": "1", "S": "1"}, "低风险 · 蓝"),
    ],
)
def test_the_level_is_computed_while_one_chooses(
    visit: Callable[..., Page], method: str, values: dict[str, str], shown: str
) -> None:
    page = visit("/risk-points/new", "safety_manager")
    page.locator("label", has_text=re.compile(f"^{method}$")).click()

    choose(page, **values)

    expect(page.locator("aside .level")).to_contain_text(shown)


@pytest.mark.feature("RSK-02")
def test_what_was_chosen_is_stored_as_the_server_computes_it(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-points/new", "safety_manager")
    page.get_by_role("button", name="保存并发布").click()
    expect(page.locator("#summary")).to_contain_text("风险点名称")
    expect(page.locator("#summary")).to_be_focused()

    page.locator("#field-name").fill("页面冲压机")
    page.locator("#field-unit .el-select").click()
    page.get_by_role("option").first.click()
    page.locator("#field-place").fill("东侧 3 号位")
    choose(page, L="1", E="6", C="3")
    page.get_by_role("combobox", name="第 1 个危害因素代码").click()
    page.get_by_role("combobox", name="第 1 个危害因素代码").fill("2102")
    page.get_by_role("option", name=re.compile("^2102")).click()
    page.get_by_label("第 1 个危害因素描述").fill("防护缺失")
    page.get_by_label("措施 1", exact=True).fill("加装防护罩")
    page.get_by_label("检查内容 1", exact=True).fill("防护罩完好")
    page.get_by_role("button", name="保存并发布").click()

    expect(page.get_by_role("heading", name="页面冲压机")).to_be_visible()
    expect(page.locator(".page-head")).to_contain_text("在用")
    point_id = page.url.rsplit("/", 1)[-1].partition("?")[0]
    stored = stage.ask(
        stage.here.tokens["safety_manager"], operation_named("risk", "get_risk_point"), {"risk_point_id": point_id}
    ).json
    assert stored is not None
    assert (stored["status"], stored["level"], stored["value"], stored["place"]) == ("active", "blue", 18, "东侧 3 号位")
    assert stored["factors"][0]["measures"] == [{"kind": "engineering", "text": "加装防护罩"}]


def test_another_enterprises_point_is_not_found(visit: Callable[..., Page], stage: Stage) -> None:
    theirs = stage.ask(stage.there.tokens["safety_manager"], operation_named("risk", "list_risk_points"), {}).json
    assert theirs is not None

    page = visit(f"/risk-points/{theirs['items'][0]['id']}", "safety_manager")

    expect(page.get_by_role("heading", name="没有找到，或者您没有查看权限")).to_be_visible()
