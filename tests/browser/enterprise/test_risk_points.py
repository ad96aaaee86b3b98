"""A risk point written on its page: the level as one chooses, what is missing by name, and what is stored."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gateway.operations import operation_named
from tests.browser.forms import choose as pick
from tests.stage.world import Stage

PLACE = re.compile("^位置")  # The way to a page has a name that ends so.


def choose(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"#factor-{name} label", has=page.locator("b", has_text=re.compile(f"^{re.escape(value)}$"))).click()


def fill_in(page: Page, name: str) -> None:
    """All that a blue point needs to be published."""
    page.get_by_role("textbox", name="风险点名称").fill(name)
    pick(page, "所属单元")
    page.get_by_role("textbox", name=PLACE).fill("东侧 3 号位")
    choose(page, L="1", E="6", C="3")
    page.get_by_role("combobox", name="第 1 个危害因素代码").click()
    page.get_by_role("combobox", name="第 1 个危害因素代码").fill("2102")
    page.get_by_role("option", name=re.compile("^2102")).click()
    page.get_by_label("第 1 个危害因素描述").fill("防护缺失")
    page.get_by_label("措施 1", exact=True).fill("加装防护罩")
    page.get_by_label("检查内容 1", exact=True).fill("防护罩完好")


def stored(stage: Stage, page: Page) -> dict[str, object]:
    point_id = re.search(r"/risk-points/([0-9a-f-]{36})", page.url)
    assert point_id is not None
    asked = operation_named("risk", "get_risk_point")
    found = stage.ask(stage.here.tokens["safety_manager"], asked, {"risk_point_id": point_id[1]}).json
    assert found is not None
    return dict(found)


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
    summary = page.locator("#field-summary")
    expect(summary).to_contain_text("请填写风险点名称")
    expect(summary).to_be_focused()

    fill_in(page, "页面冲压机")
    page.get_by_role("button", name="保存并发布").click()

    expect(page.get_by_role("heading", name="页面冲压机")).to_be_visible()
    expect(page.locator("header.card")).to_contain_text("在用")
    kept = stored(stage, page)
    assert (kept["status"], kept["level"], kept["value"], kept["place"]) == ("active", "blue", 18, "东侧 3 号位")
    assert kept["factors"] == [
        {"code": "2102", "description": "防护缺失", "measures": [{"kind": "engineering", "text": "加装防护罩"}]}
    ]


def test_what_is_half_written_is_there_again_when_one_comes_back(visit: Callable[..., Page]) -> None:
    page = visit("/risk-points/new", "list_author")
    page.get_by_role("textbox", name="风险点名称").fill("写到一半的风险点")

    page.get_by_role("link", name="引用系统库").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("还有未保存的修改")
    page.get_by_role("button", name="存为草稿并离开").click()
    expect(page).to_have_url(re.compile("/risk-points/library"))
    page.go_back()

    expect(page.get_by_role("textbox", name="风险点名称")).to_have_value("写到一半的风险点")
    expect(page.get_by_role("status").filter(has_text="已接上")).to_be_visible()


@pytest.mark.feature("RSK-26")
def test_a_point_in_use_is_assessed_anew_and_the_new_version_waits(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-points/new", "safety_manager")
    fill_in(page, "重新评价的冲压机")
    page.get_by_role("button", name="保存并发布").click()
    expect(page.get_by_role("heading", name="重新评价的冲压机")).to_be_visible()

    page.get_by_role("button", name="重新评价").click()
    choose(page, L="1", E="10", C="7")
    expect(page.locator("aside .level")).to_contain_text("一般风险")
    page.get_by_label("第 1 个危害因素描述").fill("防护缺失或失效")
    page.get_by_role("button", name="保存重新评价").click()

    expect(page.get_by_text("重新评价待发布")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="一般风险必须有应急处置措施")).to_be_visible()
    kept = stored(stage, page)
    waiting = kept["waiting"]
    assert isinstance(waiting, dict)
    assert (kept["level"], waiting["level"], kept["status"]) == ("blue", "yellow", "active")


def test_what_is_changed_of_a_point_in_use_leaves_its_assessment_alone(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/risk-points/new", "safety_manager")
    fill_in(page, "挪动的冲压机")
    page.get_by_role("button", name="保存并发布").click()
    page.get_by_role("button", name="修改风险点").click()

    expect(page.get_by_role("heading", name="危害因素与控制措施")).to_have_count(0)
    page.get_by_role("textbox", name=PLACE).fill("西侧 1 号位")
    page.get_by_role("button", name="保存修改").click()

    expect(page.locator("header.card")).to_contain_text("西侧 1 号位")
    kept = stored(stage, page)
    assert (kept["place"], kept["level"], kept["status"]) == ("西侧 1 号位", "blue", "active")


def test_another_enterprises_point_is_not_found(visit: Callable[..., Page], stage: Stage) -> None:
    theirs = stage.ask(stage.there.tokens["safety_manager"], operation_named("risk", "list_risk_points"), {}).json
    assert theirs is not None

    page = visit(f"/risk-points/{theirs['items'][0]['id']}", "safety_manager")

    expect(page.get_by_role("heading", name="没有找到，或者您没有查看权限")).to_be_visible()
