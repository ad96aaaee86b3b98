"""Where a hazard is: pressed on a map, typed, the enterprise's or where one stands; then it is on the county's map."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.kernel import ids
from tests.browser.accessibility import assert_accessible
from tests.browser.forms import choose
from tests.stage.stories.risk import add_point
from tests.stage.world import Stage

HERE = {"longitude": 106.7201, "latitude": 26.5712}  # In 南明区, the county of the stage's first side.
ROUND_HERE = "106.6,26.4,106.9,26.7"


def begun(visit: Callable[..., Page]) -> tuple[Page, str]:
    """A form with everything but its place, and the description by which its hazard is found."""
    description = f"围栏缺口{ids.token(5)}"
    page = visit("/hazards/new", "safety_manager")
    page.locator("#field-place").fill("厂区北门")
    page.locator("#field-description").fill(description)
    return page, description


def handed_in(page: Page, stage: Stage) -> dict[str, Any]:
    """The hazard as it is stored, when its page has opened."""
    page.get_by_role("button", name="登记隐患").press("Enter")
    expect(page).to_have_url(re.compile(r"/hazards/[0-9a-f-]{36}$"))
    found = stage.here.see("safety_manager", "hazard", "show_hazard", hazard_id=page.url.rpartition("/")[2])
    return dict(found)


def place_of(page: Page) -> dict[str, float]:
    return {name: float(page.locator(f"#field-{name}").input_value()) for name in HERE}


def seen_by_the_county(stage: Stage) -> list[str]:
    points = stage.here.see("regulator", "hazard", "show_hazard_map", box=ROUND_HERE, region=stage.here.region)["points"]
    return [point["id"] for point in points]


@pytest.mark.feature("HAZ-01", "STA-13")
def test_a_press_on_the_map_gives_the_hazard_its_place_on_the_countys_map(visit: Callable[..., Page], stage: Stage) -> None:
    page, description = begun(visit)
    page.get_by_role("button", name="在地图上选点").click()
    page.get_by_role("region", name=re.compile("^选点地图")).click()
    expect(page.get_by_role("status").filter(has_text="已在地图上选点")).to_be_visible()
    expect(page.locator(".leaflet-marker-icon[title='所选位置']")).to_have_count(1)
    assert_accessible(page)
    pressed = place_of(page)

    hazard = handed_in(page, stage)

    assert {name: hazard[name] for name in HERE} == pressed
    expect(page.get_by_role("main")).to_contain_text(str(hazard["longitude"]))
    assert hazard["id"] in seen_by_the_county(stage)
    county = visit("/gis/hazards", "regulator")
    expect(county.get_by_role("region", name="地图范围内").get_by_role("link", name=description)).to_be_visible()


def test_who_has_no_mouse_types_the_place(visit: Callable[..., Page], stage: Stage) -> None:
    page, _ = begun(visit)
    longitude, latitude = page.locator("#field-longitude"), page.locator("#field-latitude")
    longitude.focus()
    page.keyboard.type("106.7201")
    page.get_by_role("button", name="登记隐患").press("Enter")
    expect(page.locator("#field-latitude-note")).to_have_text("请填写纬度")
    latitude.focus()
    page.keyboard.type("36.5712")
    expect(page.locator("#field-latitude-note")).to_have_text("不在贵州省范围内（24.5 至 29.4），请核对")
    latitude.fill(str(HERE["latitude"]))
    expect(page.locator("#field-latitude-note")).not_to_have_class("fault")

    hazard = handed_in(page, stage)

    assert {name: hazard[name] for name in HERE} == HERE
    assert hazard["id"] in seen_by_the_county(stage)


def test_the_enterprises_own_place_is_proposed_and_can_be_taken_back(visit: Callable[..., Page], stage: Stage) -> None:
    side, own = stage.here, {"longitude": 106.7302, "latitude": 26.5803}
    side.act("enterprise_admin", "enterprise", "update_enterprise", enterprise_id=side.enterprise_id, **own)
    page, _ = begun(visit)
    page.get_by_role("button", name="取企业位置").click()
    expect(page.locator("#field-longitude")).to_have_value(str(own["longitude"]))
    assert place_of(page) == own
    page.get_by_role("button", name="清除位置").click()
    expect(page.locator("#field-longitude")).to_have_value("")

    hazard = handed_in(page, stage)

    assert (hazard["longitude"], hazard["latitude"]) == (None, None)


def test_ones_own_position_is_taken_when_the_browser_may_tell_it(visit: Callable[..., Page], stage: Stage) -> None:
    page, _ = begun(visit)
    page.get_by_role("button", name="使用我的位置").click()
    expect(page.get_by_role("status").filter(has_text="浏览器没有允许定位，请在地图上选点或填写经纬度")).to_be_visible()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)  # type: ignore[arg-type]
    page.get_by_role("button", name="使用我的位置").click()
    expect(page.locator("#field-latitude")).to_have_value(str(HERE["latitude"]))

    hazard = handed_in(page, stage)

    assert {name: hazard[name] for name in HERE} == HERE


def test_a_hazard_that_came_back_keeps_its_place_until_it_is_changed(visit: Callable[..., Page], stage: Stage) -> None:
    form = {"place": "厂区南门", "description": f"路灯不亮{ids.token(5)}", "is_draft": True, **HERE}
    made = stage.here.act("safety_manager", "hazard", "register_hazard", **form)
    page = visit(f"/hazards/{made['id']}/edit", "safety_manager")
    expect(page.locator("#field-longitude")).to_have_value(str(HERE["longitude"]))
    page.locator("#field-longitude").fill("106.75")

    page.get_by_role("button", name="保存修改").click()

    expect(page).to_have_url(re.compile(rf"/hazards/{made['id']}$"))
    kept = stage.here.see("safety_manager", "hazard", "show_hazard", hazard_id=made["id"])
    assert (kept["longitude"], kept["latitude"]) == (106.75, HERE["latitude"])


@pytest.mark.feature("RSK-02")
def test_a_point_is_given_its_place_which_is_proposed_for_hazards_there(visit: Callable[..., Page], stage: Stage) -> None:
    name, place = f"储罐{ids.token(5)}", {"longitude": 106.7103, "latitude": 26.5604}
    point = add_point(stage.here, 7, name=name)
    page = visit(f"/risk-points/{point['id']}/edit", "safety_manager")
    page.get_by_role("button", name="在地图上选点").click()
    page.get_by_role("region", name=re.compile("^选点地图")).click()
    expect(page.locator("#field-longitude")).not_to_have_value("")
    for degree, value in place.items():
        page.locator(f"#field-{degree}").fill(str(value))
    page.get_by_role("button", name="保存修改").click()
    expect(page).to_have_url(re.compile(rf"/risk-points/{point['id']}$"))
    expect(page.get_by_role("main")).to_contain_text(str(place["longitude"]))
    kept = stage.here.see("safety_manager", "risk", "get_risk_point", risk_point_id=point["id"])
    assert {degree: float(kept[degree]) for degree in place} == place

    page, _ = begun(visit)
    choose(page, "风险点", name)
    page.get_by_role("button", name="取风险点位置").click()
    expect(page.locator("#field-latitude")).to_have_value(str(place["latitude"]))
    hazard = handed_in(page, stage)

    assert {degree: hazard[degree] for degree in place} == place
