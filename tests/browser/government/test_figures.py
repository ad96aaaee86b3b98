"""The figures of authorities: what the pages show is what was counted, and adds up."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.government.figures import column, count, percent, told
from tests.stage.world import Stage

LEVELS = {"red": "红", "orange": "橙", "yellow": "黄", "blue": "蓝"}


@pytest.mark.feature("STA-04", "STA-05")
def test_the_numbers_of_the_board_are_those_that_were_counted_and_lead_to_their_lists(
    visit: Callable[..., Page], stage: Stage, leader: str
) -> None:
    now = told(stage, "show_overview", period="day")
    page = visit("/board", leader)
    tiles = page.get_by_role("region", name="主要指标")

    points = tiles.get_by_role("link", name=re.compile("在册风险点"))
    levels = {word: now[f"{level}_points"] for level, word in LEVELS.items()}
    expect(points.locator("strong")).to_have_text(re.compile(rf"^{count(sum(levels.values()))}\s*个$"))
    for word, number in levels.items():
        expect(points).to_contain_text(f"{word} {count(number)}")
    assert sum(levels.values()) == now["risk_point_count"] > 0

    hazards = tiles.get_by_role("link", name=re.compile("未销号隐患"))
    number = now["open_general"] + now["open_major"]
    expect(hazards.locator("strong")).to_have_text(re.compile(rf"^{count(number)}\s*件$"))
    expect(hazards).to_contain_text(f"重大 {count(now['open_major'])}")
    assert number > 0
    hazards.click()
    expect(page).to_have_url(re.compile("is_open=true"))
    shown = stage.here.see(leader, "hazard", "list_hazards", is_open=True, limit=200)["items"]
    assert len(shown) == number
    expect(page.get_by_role("link", name="办理")).to_have_count(min(number, 20))


@pytest.mark.feature("STA-06")
def test_parts_of_a_region_stand_by_their_rate_and_those_without_a_base_have_no_rank(
    visit: Callable[..., Page], stage: Stage, leader: str
) -> None:
    parts = told(stage, "list_region_figures", period="month")["items"]
    page = visit("/board?period=month", leader)
    ranking = page.get_by_role("region", name="地区排行")

    expect(ranking.locator("tbody tr")).to_have_count(len(parts))
    shown = [[cell.inner_text() for cell in row.locator("td").all()] for row in ranking.locator("tbody tr").all()]
    rates = sorted((part["rectified_rate"] for part in parts if part["rectified_rate"] is not None), reverse=True)
    assert rates and [line[2] for line in shown[: len(rates)]] == [percent(rate) for rate in rates]
    assert [line[0] for line in shown[: len(rates)]] == [str(1 + rates.index(rate)) for rate in rates]
    assert {(line[0], line[2]) for line in shown[len(rates) :]} <= {("—", "—")}


@pytest.mark.feature("STA-08")
def test_the_parts_of_a_region_add_up_to_the_region_and_lead_into_themselves(
    visit: Callable[..., Page], stage: Stage, leader: str
) -> None:
    page = visit("/stats/regions", leader)
    table = page.get_by_role("region", name="地区报表").get_by_role("table")
    expect(table.locator("tbody tr").first).to_contain_text("合计")

    for title in ("风险点数", "应查点数", "实查点数", "发现隐患数", "一般隐患数", "重大隐患数"):
        whole, *parts = [int(each.replace(",", "")) for each in column(table, title)]
        assert whole == sum(parts), title
    found, closed, rate = (column(table, title) for title in ("发现隐患数", "已销号数", "整改率"))
    assert rate[0] == percent(100 * int(closed[0]) / int(found[0]) if int(found[0]) else None)

    name = table.locator("tbody button").first
    below = name.inner_text()
    name.click()
    expect(page.get_by_role("list", name="地区层级").locator("[aria-current=true]")).to_have_text(below)


@pytest.mark.feature("STA-09")
def test_industries_add_up_to_what_the_region_has(visit: Callable[..., Page], stage: Stage, leader: str) -> None:
    lines = told(stage, "list_industry_figures", period="month")["items"]
    whole = told(stage, "show_overview", period="month")
    page = visit("/stats/industries", leader)
    table = page.get_by_role("region", name="行业报表").get_by_role("table")

    expect(table.get_by_role("rowheader")).to_have_count(len(lines) + 1)
    numbers = [int(each.replace(",", "")) for each in column(table, "风险点数")]
    assert sum(numbers[-len(lines) :]) == whole["risk_point_count"]


@pytest.mark.feature("STA-10")
def test_a_month_that_may_still_change_says_so(visit: Callable[..., Page], stage: Stage, leader: str) -> None:
    months = told(stage, "list_monthly_figures")["items"]
    page = visit("/stats/monthly", leader)
    table = page.get_by_role("region", name="月份报表").get_by_role("table")

    for month in months:
        words = month["month"] + ("" if month["is_final"] else "（未定格）")
        expect(table.get_by_role("rowheader", name=words, exact=True)).to_be_visible()
    assert months and not months[-1]["is_final"]
    assert column(table, "发现隐患数") == [count(month["hazard_count"]) for month in months]


@pytest.mark.feature("STA-12", "STA-13")
@pytest.mark.parametrize(("layer", "unit"), [("enterprises", "家"), ("hazards", "件")])
def test_a_layer_of_the_map_is_also_a_list_of_its_places(
    visit: Callable[..., Page], stage: Stage, leader: str, layer: str, unit: str
) -> None:
    places = told(stage, "show_layer", layer=layer)["items"]
    page = visit(f"/gis/{layer}", leader)
    listed = page.get_by_role("region", name="各地区").get_by_role("listitem")

    expect(listed).to_have_count(len(places))
    expect(page.get_by_text(f"共 {count(sum(one['count'] for one in places))} {unit}")).to_be_visible()
    assert sorted(int(row.locator("b").inner_text().replace(",", "")) for row in listed.all()) == sorted(
        one["count"] for one in places
    )


@pytest.mark.feature("STA-23")
@pytest.mark.usefixtures("leader")
def test_all_figures_are_checked_against_what_they_count(visit: Callable[..., Page]) -> None:
    page = visit("/stats/indicators", "system_admin")

    page.get_by_role("button", name="核对统计").click()

    expect(page.get_by_role("status").filter(has_text="不一致")).to_contain_text("不一致 0 个")
