"""The map of a county: single things where they lie, in the shape of their kind, each the way to its record; many are gathered."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from services.hazard.tables import hazard
from services.kernel import ids
from services.risk.tables import risk_point
from tests.service.spread import spread
from tests.stage.people import PLATFORM
from tests.stage.world import Stage

PLACE = {"longitude": 106.7142, "latitude": 26.5674}  # In 南明区, the county of the stage's first side.


@pytest.fixture(scope="module")
def placed(stage: Stage) -> dict[str, dict[str, Any]]:
    """One of each kind that knows where it lies."""
    side = stage.here
    form = {"place": "罐区", "description": f"管线腐蚀{ids.token(4)}", "category": "thing", **PLACE}
    made = side.act("safety_manager", "hazard", "register_hazard", **form)
    side.act("enterprise_admin", "enterprise", "update_enterprise", enterprise_id=side.enterprise_id, **PLACE)
    [point, *_] = side.see("regulator", "risk", "list_risk_points")["items"]
    with stage.parts["risk"][1].work(PLATFORM, "tests.place") as work:
        work.session.execute(sa.update(risk_point).where(risk_point.c.id == point["id"]).values(**PLACE))
    name = side.see("regulator", "enterprise", "show_enterprise", enterprise_id=side.enterprise_id)["name"]
    return {
        "hazards": {"id": made["id"], "name": form["description"], "kind": "一般隐患", "unit": "件"},
        "enterprises": {"id": side.enterprise_id, "name": name, "kind": "正常", "unit": "家"},
        "risks": {"id": point["id"], "name": point["name"], "kind": "低风险", "unit": "个"},
    }


def near(page: Page) -> Locator:
    return page.get_by_role("region", name="地图范围内")


@pytest.mark.feature("STA-11", "STA-12", "STA-13")
@pytest.mark.parametrize(("layer", "path"), [("risks", "risk-points"), ("enterprises", "enterprises"), ("hazards", "hazards")])
def test_a_county_shows_each_thing_where_it_lies_and_a_click_leads_to_its_record(
    visit: Callable[..., Page], placed: dict[str, dict[str, Any]], layer: str, path: str
) -> None:
    one = placed[layer]
    page = visit(f"/gis/{layer}", "regulator")

    line = near(page).get_by_role("listitem").filter(has_text=one["name"])
    expect(line.get_by_role("img", name=one["kind"])).to_be_visible()
    expect(line.get_by_role("link", name=one["name"])).to_have_attribute("href", f"/{path}/{one['id']}")
    page.locator(f".leaflet-marker-icon[title^='{one['kind']} {one['name']}']").click()

    expect(page).to_have_url(re.compile(f"/{path}/{one['id']}"))
    expect(page.get_by_role("heading", level=1).first).to_contain_text(one["name"][:4])


def test_the_board_of_a_county_shows_them_too(
    visit: Callable[..., Page], stage: Stage, leader: str, placed: dict[str, dict[str, Any]]
) -> None:
    one = placed["hazards"]
    page = visit(f"/board?region={stage.here.region}&layer=hazards", leader)

    page.locator(f".leaflet-marker-icon[title^='{one['kind']} {one['name']}']").click()

    expect(page).to_have_url(re.compile(f"/hazards/{one['id']}"))


@pytest.fixture
def red_point(stage: Stage, placed: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The name of a red point beside the blue one, gone afterwards."""
    database, name = stage.parts["risk"][1], f"红点{ids.token(5)}"
    own = f"jsonb_build_object('number', '{name}', 'token', '{name}', 'name', '{name}', 'level', 'red', 'longitude', 106.7342)"
    spread(database, "risk_point", placed["risks"]["id"], 1, own)
    yield name
    with database.work(PLATFORM, "tests.remove") as work:
        work.session.execute(sa.delete(risk_point).where(risk_point.c.name == name))


@pytest.mark.feature("STA-03")
def test_the_board_of_a_county_shows_the_red_points_of_its_title_and_all_levels_when_asked(
    visit: Callable[..., Page], stage: Stage, leader: str, placed: dict[str, dict[str, Any]], red_point: str
) -> None:
    page = visit(f"/board?region={stage.here.region}", leader)
    red, blue = (page.locator(f".leaflet-marker-icon[title*='{name}']") for name in (red_point, placed["risks"]["name"]))

    expect(page.get_by_role("region", name="红色风险点空间分布", exact=True)).to_be_visible()
    expect(red).to_have_count(1)
    expect(blue).to_have_count(0)
    page.locator("label").filter(has_text="显示各级").click()

    expect(page.get_by_role("region", name="风险点空间分布", exact=True)).to_be_visible()
    expect(blue).to_have_count(1)
    expect(red).to_have_count(1)
    expect(page).to_have_url(re.compile("levels=all"))


@pytest.mark.usefixtures("placed")
def test_another_county_sees_nothing_of_it(visit: Callable[..., Page], stage: Stage) -> None:
    page = visit("/gis/hazards", "regulator", side=stage.there)

    expect(near(page)).to_contain_text("地图范围内没有")
    expect(page.locator(".leaflet-marker-icon")).to_have_count(0)


@pytest.fixture
def crowd(stage: Stage, placed: dict[str, dict[str, Any]]) -> Iterator[int]:
    """Many like it around it, which are closed afterwards."""
    database, number = stage.parts["hazard"][1], 300
    place = "'longitude', 106.66 + n % 20 * 0.005, 'latitude', 26.52 + n % 15 * 0.005"
    spread(database, "hazard", placed["hazards"]["id"], number, f"jsonb_build_object('number', 'K' || n, {place})")
    yield number
    with database.work(PLATFORM, "tests.close") as work:
        work.session.execute(sa.update(hazard).where(hazard.c.number.startswith("K")).values(status="closed"))


def test_many_are_gathered_and_come_apart_when_one_goes_nearer(visit: Callable[..., Page], crowd: int) -> None:
    page = visit("/gis/hazards?kind=general", "regulator")

    groups = near(page).get_by_role("button", name=re.compile(r"^\d+ 件，含一般隐患"))
    expect(groups.first).to_be_visible()
    seen = int(re.findall(r"(\d+) 件", near(page).locator("header").inner_text())[0])
    assert seen > crowd > page.locator(".leaflet-marker-icon").count()
    for _ in range(3):
        if groups.count():
            groups.first.click()
            expect(near(page).locator("header")).not_to_contain_text(f"{seen} 件")
            seen = int(re.findall(r"(\d+) 件", near(page).locator("header").inner_text())[0])

    expect(near(page).get_by_role("link").first).to_be_visible()
    expect(groups).to_have_count(0)
