"""The working calendar, the map of points, mandatory items of authorities above."""

from datetime import date
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.callers import regulator
from tests.service.risk.builders import Desk, Rows, World, a_line, a_regulator, at, permissions_of
from tests.service.spread import spread


@pytest.fixture
def administrator() -> Caller:
    return regulator("520000", *permissions_of("system_admin"))


def test_a_published_year_has_its_shifted_days(desk: Desk, administrator: Caller) -> None:
    found = desk(administrator, "get_work_calendar", year=2026)

    assert found["is_published"] and found["warning"] is None
    assert "2026-10-01" in found["holidays"] and found["workdays"]


def test_a_year_that_is_not_published_warns_until_it_is_set(desk: Desk, administrator: Caller, rows: Rows) -> None:
    before = desk(administrator, "get_work_calendar", year=2031)
    changed = desk(
        administrator, "set_work_calendar", year=2031, holidays=["2031-10-01"], workdays=["2031-10-11"], version=before["version"]
    )

    assert not before["is_published"] and "周一至周五" in before["warning"]
    assert changed["is_published"] and changed["holidays"] == ["2031-10-01"]
    with pytest.raises(Conflict, match="version.stale"):
        desk(administrator, "set_work_calendar", year=2031, holidays=[], workdays=[], version=before["version"])


@pytest.mark.parametrize("wrong", [{"holidays": ["2032-10-02"]}, {"workdays": ["2032-10-04"]}, {"holidays": ["2031-10-01"]}])
def test_days_that_do_not_belong_are_refused(desk: Desk, administrator: Caller, wrong: dict[str, list[str]]) -> None:
    with pytest.raises(Invalid, match="work_calendar.stray_day"):
        desk(administrator, "set_work_calendar", **{"year": 2032, "holidays": [], "workdays": []} | wrong)


def test_workday_lines_follow_the_calendar_with_its_shifted_days(world: World) -> None:
    with at(date(2026, 9, 18)):
        world.filed(a_line(world.point(), "workday"))

    for day in (date(2026, 9, 20), date(2026, 10, 1)):  # A Sunday that is worked, a Thursday that is not.
        world.generate(day)

    assert [t["window_end"][:10] for t in world.tasks()] == ["2026-09-20"]


AROUND = {"520324": "107,28,108,29", "522629": "105,25,105.2,25.5", "522323": "105,25,107,26"}


def on_map(desk: Desk, region: str, **filters: Any) -> dict[str, Any]:
    return dict(desk(a_regulator(region), "show_risk_map", box=AROUND[region], **filters))


def ids_of(found: dict[str, Any]) -> list[str]:
    return [point["id"] for point in found["points"]]


def test_the_map_shows_points_on_filed_lists_of_active_enterprises_the_gravest_first(desk: Desk) -> None:
    placed = {"longitude": "107.8912", "latitude": "28.4512"}
    worlds = [World.made(desk, region="520324") for _ in range(2)]
    shown = {}
    for world in worlds:
        shown = {level: world.point(level=level, **placed) for level in ("red", "blue")}
        world.filed(*(a_line(point, "day") for point in [*shown.values(), world.point(level="red")]))
        world.point(level="red", **placed)
    worlds[0].announce("suspended", status="suspended", suspended_from=clock.day_of(clock.now()).isoformat())

    found = on_map(desk, "520324")

    assert (found["count"], found["clusters"]) == (2, [])
    assert ids_of(found) == [shown["red"]["id"], shown["blue"]["id"]]
    red = found["points"][0]
    assert (red["longitude"], red["latitude"], red["kind"], red["note"]) == (107.8912, 28.4512, "red", worlds[1].state["name"])
    assert ids_of(on_map(desk, "520324", level="blue")) == [shown["blue"]["id"]]
    assert ids_of(on_map(desk, "520324", industry="MK")) == []
    assert desk(a_regulator("520325"), "show_risk_map", box=AROUND["520324"])["count"] == 0


@pytest.mark.feature("STA-11")
def test_a_box_of_the_map_holds_the_points_on_its_borders_and_within(desk: Desk) -> None:
    world = World.made(desk, region="522629")
    inside, border, outside = (
        world.point(level="red", longitude=longitude, latitude="25.1") for longitude in ("105.1", "105.2", "105.3")
    )
    world.filed(*(a_line(point, "day") for point in (inside, border, outside)))

    assert set(ids_of(on_map(desk, "522629"))) == {inside["id"], border["id"]}


@pytest.mark.feature("STA-11")
def test_ten_thousand_points_are_gathered_and_none_is_lost(desk: Desk) -> None:
    world = World.made(desk, region="522323")
    blue = world.point(level="blue", longitude="105.0", latitude="25.0")
    red = world.point(level="red", longitude="106.99", latitude="25.99")
    world.filed(a_line(blue, "day"), a_line(red, "day"))
    place = "'longitude', 105 + n % 100 * 0.005, 'latitude', 25 + n % 70 * 0.005"
    own = f"jsonb_build_object('number', 'M' || n, 'name', 'M' || n, 'token', 'map' || n, {place})"
    spread(desk.database, "risk_point", blue["id"], 9_998, own)

    found = on_map(desk, "522323")

    assert found["count"] == 10_000
    assert sum(cluster["count"] for cluster in found["clusters"]) + len(found["points"]) == 10_000
    assert len(found["clusters"]) <= 16 * 10 and {cluster["kind"] for cluster in found["clusters"]} == {"blue"}
    assert ids_of(found) == [red["id"]]
    assert ids_of(on_map(desk, "522323", level="red")) == [red["id"]]


BOXES = [
    "",
    "105,25,106",
    "105,25,106,north",
    "105,25,106,26,27",
    "1e9,25,106,26",
    "106,25,105,26",
    "105,25,105,26",
    "105,25,109,26",
]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_has_four_sides_in_degrees_and_is_no_wider_than_can_be_looked_at(desk: Desk, box: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk(a_regulator("522629"), "show_risk_map", box=box)

    assert "box" in refused.value.details


@pytest.mark.parametrize("part_of", ["520103", "520100"])
def test_what_concerns_everybody_is_not_set_by_a_part(desk: Desk, part_of: str) -> None:
    part = regulator(part_of, *permissions_of("system_admin"))

    with pytest.raises(Forbidden, match="setting.not_yours"):
        desk(part, "set_work_calendar", year=2033, holidays=[], workdays=[])


def test_an_item_of_an_authority_above_is_read_below_and_ended_by_its_author_alone(desk: Desk) -> None:
    province, county = a_regulator("520000"), a_regulator("520103")
    today = clock.day_of(clock.now()).isoformat()
    item = desk(province, "create_mandatory_item", industry="YH", item="每班检查防静电接地", effective_on=today)

    seen = desk(county, "list_mandatory_items", industry="YH", is_in_force=True)["items"]

    assert [each["id"] for each in seen] == [item["id"]]
    with pytest.raises(NotFound):
        desk(county, "end_mandatory_item", mandatory_item_id=item["id"], ended_on=today)
    assert desk(province, "end_mandatory_item", mandatory_item_id=item["id"], ended_on=today)["ended_on"] == today


def test_an_authority_demands_nothing_of_other_industries_or_in_the_past(desk: Desk) -> None:
    official = a_regulator("520103", industries=("MK",))
    today = clock.day_of(clock.now()).isoformat()

    with pytest.raises(Forbidden, match="mandatory_item.other_industry"):
        desk(official, "create_mandatory_item", industry="GM04", item="每班检查", effective_on=today)
    with pytest.raises(Invalid, match="mandatory_item.in_the_past"):
        desk(official, "create_mandatory_item", industry="MK", item="每班检查", effective_on="2020-01-01")
