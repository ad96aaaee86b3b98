"""A leader of the province: from the map of the prefectures down to a county, from each number to what it counts, and the wall."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from gateway.identity.service import SERVICE as IDENTITY
from services.kernel import clock, ids
from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.stats.jobs import fold_all
from services.stats.service import SERVICE as STATS
from tests.browser.door import enter, newcomer
from tests.browser.government.figures import count, percent, tile, told
from tests.browser.menu import settle
from tests.service.stats.builders import enterprise, point, risk_list
from tests.stage import people
from tests.stage.world import Stage

PREFECTURES = ("贵阳", "六盘水", "遵义", "安顺", "毕节", "铜仁", "黔西南", "黔东南", "黔南")
TINTS = {
    "red": "rgb(222, 46, 58)", "orange": "rgb(255, 150, 46)", "yellow": "rgb(255, 223, 46)", "blue": "rgb(46, 131, 196)",
    "green": "rgb(61, 163, 93)",
}  # fmt: skip
RED_COUNTY = "520322"  # 桐梓县
WALL_SIZE = {"width": 1920, "height": 1080}


@pytest.fixture
def six_red_points(stage: Stage, leader: str) -> Iterator[str]:
    """Announced of an enterprise in a county where nothing else happens, which is gone afterwards."""
    one, points, place = ids.new_id(), [ids.new_id() for _ in range(6)], {"region": RED_COUNTY}
    lines = risk_list(one, ids.new_id(), ids.new_id(), points, "red", **place)
    announce(stage, enterprise(one, **place), *(point(one, each, "red", **place) for each in points), lines)
    yield leader
    announce(stage, enterprise(one, "deleted", clock.now(), **place))


def announce(stage: Stage, *events: Event) -> None:
    database = stage.parts["stats"][1]
    store(database, list(events))
    while react(database, STATS):
        pass
    fold_all(database)


def map_of(page: Page) -> Locator:
    return page.get_by_role("img", name=re.compile("^红色风险点数"))


def painted(page: Page) -> list[str]:
    """The colours of grades in which parts of the map are drawn."""
    fills = map_of(page).locator("svg path").evaluate_all("paths => paths.map(path => getComputedStyle(path).fill)")
    return sorted(fill for fill in fills if fill in TINTS.values())


@pytest.mark.feature("STA-03")
def test_parts_of_the_map_have_the_colours_of_their_grades_and_stand_in_a_table(
    visit: Callable[..., Page], stage: Stage, six_red_points: str
) -> None:
    parts = told(stage, "show_layer", layer="regions", region="520300")["items"]
    grades = {grade["level"]: grade["thresholds"] for grade in told(stage, "show_grades")["items"]}
    page = visit("/board?region=520300", six_red_points)

    drawn = [part for part in parts if part["level"] == "county"]
    assert {part["colour"] for part in drawn if part["region"] == RED_COUNTY} == {"blue"} and len(drawn) == 14
    expect(map_of(page).locator("svg text").filter(has_text="桐梓")).to_have_count(1)
    assert painted(page) == sorted(TINTS[part["colour"]] for part in drawn)
    legend = page.get_by_role("list", name="图例：红色风险点数").get_by_role("listitem").all_inner_texts()
    lowest = grades["county"]
    assert legend[1:] == [
        f"1级 ≥ {lowest['red']}", f"2级 {lowest['orange']}–{lowest['red'] - 1}", f"3级 {lowest['yellow']}–{lowest['orange'] - 1}",
        f"4级 {lowest['blue']}–{lowest['yellow'] - 1}", f"5级 0–{lowest['blue'] - 1}",
    ]  # fmt: skip

    card = page.get_by_role("region", name="红色风险点空间分布").first
    card.get_by_role("button", name="数据视图").click()
    lines = [row.locator("td").all_inner_texts() for row in card.locator("tbody tr").all()]
    assert lines == [[part["name"], count(part["count"])] for part in parts]


@pytest.mark.feature("STA-07")
def test_who_is_not_online_is_counted_and_listed(visit: Callable[..., Page], stage: Stage, leader: str) -> None:
    now = told(stage, "show_overview", period="day")
    idle = now["active_enterprises"] - now["online_enterprises"]
    page = visit("/board", leader)
    managed = tile(page.get_by_role("region", name="主要指标"), "在管企业")

    expect(managed.locator("strong")).to_have_text(re.compile(rf"^{count(now['active_enterprises'])}\s*家$"))
    expect(managed).to_contain_text(f"上线 {count(now['online_enterprises'])}")
    expect(managed).to_contain_text(f"上线率 {percent(now['online_rate'])}")
    line = page.get_by_role("region", name="需要处理").get_by_role("listitem").filter(has_text="未上线企业")
    expect(line.locator("b")).to_have_text(count(idle))
    assert 0 < idle <= 20
    line.get_by_role("link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("未上线企业")
    expect(page.get_by_role("main").get_by_role("link", name="档案")).to_have_count(idle)


def test_a_leader_goes_from_the_province_to_a_county_and_from_each_number_to_what_it_counts(
    visit: Callable[..., Page], stage: Stage, leader: str
) -> None:
    department = IDENTITY.call(stage.identity, "create_department", PROVINCE | {"name": f"省厅{ids.token(4)}"}, people.PLATFORM)
    name, password = newcomer(stage, department, "regulator_leader")
    people.settle(stage.identity)
    page = visit("/login")
    enter(page, name, password)

    expect(page.get_by_role("heading", level=1)).to_have_text("贵州省安全生产双重预防运行概况")
    for prefecture in PREFECTURES:
        expect(map_of(page).locator("svg text").filter(has_text=prefecture).first).to_be_visible()
    shows(page, told(stage, "show_overview", period="day"))
    for label, region, title in (("贵阳", "520100", "贵阳市"), ("南明", stage.here.region, "南明区")):
        map_of(page).locator("svg text").filter(has_text=label).first.click()
        expect(page).to_have_url(re.compile(f"region={region}"))
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{title}安全生产双重预防运行概况")
        shows(page, told(stage, "show_overview", period="day", region=region))
    each_number_leads_to_its_list(page, told(stage, "show_overview", period="day", region=stage.here.region))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("region=520100"))


PROVINCE = {"region": "520000", "industries": ["*"]}


def shows(page: Page, now: dict[str, int]) -> None:
    """The tiles tell what was counted."""
    tiles = page.get_by_role("region", name="主要指标")
    numbers = {
        "在管企业": now["active_enterprises"], "在册风险点": now["risk_point_count"], "今日应查": now["due_count"],
        "未销号隐患": now["open_general"] + now["open_major"], "超期隐患": now["overdue_count"],
    }  # fmt: skip
    for title, number in numbers.items():
        expect(tile(tiles, title).locator("strong")).to_have_text(re.compile(rf"^{count(number)}\D*$"))


def each_number_leads_to_its_list(page: Page, now: dict[str, int]) -> None:
    lists = {
        "在管企业": ("/enterprises", now["active_enterprises"]),
        "在册风险点": ("/supervision/risk-points", now["risk_point_count"]),
        "未销号隐患": ("/hazards", now["open_general"] + now["open_major"]), "超期隐患": ("/hazards", now["overdue_count"]),
    }  # fmt: skip
    for title, (path, number) in lists.items():
        tile(page.get_by_role("region", name="主要指标"), title).click()
        expect(page).to_have_url(re.compile(rf"{path}\?.*region=520102"))
        rows = settle(page).locator("tbody tr")
        expect(rows).to_have_count(min(number, 20))
        page.go_back()
        expect(page).to_have_url(re.compile(r"/board\?.*region=520102"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_wall_shows_all_at_once(visit: Callable[..., Page], stage: Stage, leader: str, theme: str) -> None:
    now = told(stage, "show_overview", period="month")
    page = visit("/board/screen", leader, size=WALL_SIZE, remembers={"theme": theme})

    expect(page.get_by_role("heading", level=1)).to_have_text("贵州省安全生产双重预防态势")
    numbers = page.get_by_role("listitem").filter(has_text=re.compile("在管企业|未销号重大隐患|超期隐患（件）")).locator("b")
    expect(numbers).to_have_text([count(now[name]) for name in ("active_enterprises", "open_major", "overdue_count")])
    for prefecture in PREFECTURES:
        expect(map_of(page).locator("svg text").filter(has_text=prefecture).first).to_be_visible()
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1920, 1080]
    cut = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)"
    assert page.locator(".panel").evaluate_all(f"all => ({cut})(all).map(one => one.ariaLabel)") == []
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/board$"))
