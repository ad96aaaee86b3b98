"""Where figures belong, who sees them, how regions are coloured and ranked."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.callers import nobody, regulator
from tests.service.stats.builders import (
    ALL_PERMISSIONS,
    TODAY,
    World,
    at,
    county,
    enterprise,
    hazard,
    of_enterprise,
    point,
    province,
    risk_list,
    task,
)

OLD, NEW = "520102", "520302"
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def region_rows(world: World, caller: Any, **args: Any) -> dict[str, dict[str, Any]]:
    return {row["region"]: row for row in world.ask(caller, "list_region_figures", **args)["items"]}


def red_points(enterprise_id: str, number: int) -> list[Any]:
    points = [ids.new_id() for _ in range(number)]
    lists = [risk_list(enterprise_id, ids.new_id(), ids.new_id(), points, "red")]
    return [*(point(enterprise_id, p, "red") for p in points), *lists]


def test_a_fact_belongs_to_the_region_of_its_day_and_what_stands_moves_along(world: World, mine: str) -> None:
    days = (YESTERDAY, TODAY, TOMORROW)
    world.tell(enterprise(mine), *(task(mine, ids.new_id(), day) for day in days), hazard(mine, ids.new_id(), found_at=YESTERDAY))
    world.tell(enterprise(mine, "region_changed", at(TODAY), region=NEW))

    old, new = county(OLD), county(NEW)
    due = {day: [world.ask(c, "show_overview", day=str(day))["due_count"] for c in (old, new)] for day in days}
    found = [world.ask(c, "show_overview", day=str(YESTERDAY)) for c in (old, new)]

    assert due == {YESTERDAY: [1, 0], TODAY: [0, 1], TOMORROW: [0, 1]}
    assert [f["hazard_count"] for f in found] == [1, 0]
    assert [f["open_general"] for f in found] == [0, 1]
    assert [f["active_enterprises"] for f in found] == [0, 1]


def test_a_move_may_be_heard_before_what_it_moves(world: World, mine: str) -> None:
    first, moved = enterprise(mine), enterprise(mine, "region_changed", at(TODAY), region=NEW)
    world.tell(task(mine, ids.new_id(), YESTERDAY), task(mine, ids.new_id(), TODAY), count=False)
    world.tell(moved)
    world.tell(first)

    due = [world.ask(county(c), "show_overview", day=str(d))["due_count"] for c in (OLD, NEW) for d in (YESTERDAY, TODAY)]

    assert due == [1, 0, 0, 1]


def test_facts_before_a_deletion_stay_and_what_stands_goes(world: World, mine: str) -> None:
    world.tell(enterprise(mine), task(mine, ids.new_id(), YESTERDAY, "done"), hazard(mine, ids.new_id()), *red_points(mine, 2))
    world.tell(enterprise(mine, "deleted", at(TODAY)))

    found = world.ask(county(), "show_overview", day=str(YESTERDAY))

    assert (found["checked_count"], found["check_rate"]) == (1, 100.0)
    assert not any(found[n] for n in ("active_enterprises", "open_general", "risk_point_count", "filed_lists"))


@pytest.mark.feature("STA-08")
def test_the_rows_of_children_add_up_and_the_parents_rates_are_ratios_of_sums(world: World) -> None:
    good, bad = ids.new_id(), ids.new_id()
    world.tell(enterprise(good), enterprise(bad, region="520103"))
    world.tell(*(task(good, ids.new_id(), TODAY, "done") for _ in range(3)), task(bad, ids.new_id(), TODAY, "missed"))

    prefectures = region_rows(world, province())
    counties = region_rows(world, province(), region="520100")

    assert (counties["520102"]["check_rate"], counties["520103"]["check_rate"]) == (100.0, 0.0)
    assert (prefectures["520100"]["due_count"], prefectures["520100"]["check_rate"]) == (4, 75.0)
    assert prefectures["520100"]["name"] == "贵阳市"
    assert len(prefectures) == 10 and prefectures["522300"]["due_count"] == 0
    assert prefectures["522300"]["check_rate"] is None
    for name in ("due_count", "checked_count", "missed_count", "active_enterprises"):
        assert sum(row[name] for row in counties.values()) == prefectures["520100"][name]


@pytest.mark.feature("STA-09")
def test_industries_add_up_too(world: World) -> None:
    mines = {code: ids.new_id() for code in ("MK01", "MK02", "GM01")}
    world.tell(*(enterprise(e, industry=code) for code, e in mines.items()))
    world.tell(*(task(e, ids.new_id(), TODAY, "done", industry=code) for code, e in mines.items()))

    trades = {r["industry"]: r for r in world.ask(province(), "list_industry_figures")["items"]}
    branches = {r["industry"]: r["due_count"] for r in world.ask(province(), "list_industry_figures", industry="MK")["items"]}

    assert {code: row["due_count"] for code, row in trades.items()} == {"MK": 2, "GM": 1}
    assert trades["MK"]["name"] == "煤矿"
    assert branches == {"MK01": 1, "MK02": 1}


@pytest.mark.feature("STA-06")
def test_units_without_a_base_are_left_out_of_the_ranking(world: World) -> None:
    for place, outcomes in {"520102": ["done"], "520103": ["done", "missed"], "520111": ["done"], "520112": ["exempt"]}.items():
        one = ids.new_id()
        world.tell(enterprise(one, region=place), *(task(one, ids.new_id(), TODAY, o, region=place) for o in outcomes))

    found = world.ask(province(), "show_ranking", region="520100", by="check_rate")["items"]

    assert [(r["rank"], r["region"], r["value"]) for r in found] == [
        (1, "520102", 100.0),
        (1, "520111", 100.0),
        (3, "520103", 50.0),
    ]


def test_a_regulator_sees_his_regions_and_industries(world: World) -> None:
    places = [("520102", "GM01"), ("520102", "MK01"), ("520103", "GM01"), ("520302", "MK01"), ("520900", "GM01")]
    for place, industry in places:
        one = ids.new_id()
        world.tell(
            enterprise(one, region=place, industry=industry), task(one, ids.new_id(), TODAY, region=place, industry=industry)
        )

    def due(code: str, industries: tuple[str, ...] = ("*",)) -> int:
        caller = regulator(code, *ALL_PERMISSIONS, industries=industries)
        return world.ask(caller, "show_overview")["due_count"]  # type: ignore[no-any-return]

    assert [due(c) for c in ("520000", "520100", "520102", "520300", "520900", "520400")] == [5, 3, 2, 1, 1, 0]
    assert [due(c, ("MK",)) for c in ("520000", "520100", "520300")] == [2, 1, 1]
    assert set(region_rows(world, county("520102"))) <= {"520102", "520102001"}


def test_a_township_sees_its_own_enterprises(world: World) -> None:
    inside, beside = ids.new_id(), ids.new_id()
    for one, place in ((inside, "520102001"), (beside, "520102002")):
        world.tell(enterprise(one, region=place), task(one, ids.new_id(), TODAY, region=place))

    seen = [world.ask(county(c), "show_overview")["due_count"] for c in ("520102001", "520102002", "520102")]
    townships = {code: row["due_count"] for code, row in region_rows(world, province(), region="520102").items()}

    assert seen == [1, 1, 2]
    assert townships == {"520102001": 1, "520102002": 1}


READS: list[tuple[str, dict[str, Any]]] = [
    ("show_overview", {}), ("list_monthly_figures", {}), ("list_risk_point_figures", {}), ("show_trend", {}), ("show_funnel", {}),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "args"), READS)
def test_an_enterprise_never_learns_anothers_figures(world: World, mine: str, operation: str, args: dict[str, Any]) -> None:
    before = world.ask(of_enterprise(mine), operation, **args)
    other = ids.new_id()
    world.tell(enterprise(other), task(other, ids.new_id(), TODAY), hazard(other, ids.new_id()), *red_points(other, 3))

    assert world.ask(of_enterprise(mine), operation, **args) == before
    selected = {} if operation not in ("show_overview", "show_trend") else {"enterprise_id": other}
    assert world.ask(of_enterprise(mine), operation, **args, **selected) == before


def test_anothers_board_and_an_unknown_one_are_refused_alike(world: World, mine: str) -> None:
    other = ids.new_id()
    world.tell(enterprise(mine), enterprise(other))

    for wanted in (other, ids.new_id()):
        with pytest.raises(NotFound) as refused:
            world.ask(of_enterprise(mine), "show_board", enterprise_id=wanted)
        assert refused.value.code == "enterprise.not_found"


def test_the_database_itself_keeps_county_sums_from_who_is_bound_to_enterprises(world: World, mine: str) -> None:
    world.tell(enterprise(mine), task(mine, ids.new_id(), TODAY))

    def rows(caller: Any, table: str) -> int:
        with world.database.work(caller, "test", read_only=True) as work:
            return work.session.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # type: ignore[return-value]

    assert rows(of_enterprise(mine), "region_figure") == 0 < rows(of_enterprise(mine), "enterprise_figure")
    assert rows(of_enterprise(ids.new_id()), "enterprise_figure") == 0
    assert rows(nobody(), "region_figure") == 0 < rows(county(), "region_figure")


@pytest.mark.parametrize("operation", ["list_region_figures", "list_industry_figures", "show_ranking", "list_offline_enterprises"])
def test_comparing_regions_is_for_authorities(world: World, mine: str, operation: str) -> None:
    with pytest.raises(Forbidden):
        world.ask(of_enterprise(mine), operation)


def test_offline_lists_stay_in_scope_and_go_page_by_page(world: World) -> None:
    here = sorted(ids.new_id() for _ in range(3))
    world.tell(*(enterprise(e) for e in here), enterprise(ids.new_id(), region="520302"), enterprise(ids.new_id(), "suspended"))

    first = world.ask(county(), "list_offline_enterprises", limit=2)
    second = world.ask(county(), "list_offline_enterprises", limit=2, cursor=first["next_cursor"])

    assert [i["enterprise_id"] for i in first["items"] + second["items"]] == here
    assert second["next_cursor"] is None


@pytest.mark.feature("STA-03")
@pytest.mark.feature("STA-11")
@pytest.mark.parametrize(
    ("count", "colour"), [(0, "green"), (5, "green"), (6, "blue"), (16, "yellow"), (31, "orange"), (51, "red")]
)
def test_a_county_has_the_colour_of_its_red_points(world: World, mine: str, count: int, colour: str) -> None:
    world.tell(enterprise(mine), *red_points(mine, count))

    [row] = [r for r in world.ask(province(), "show_layer", layer="regions", region="520100")["items"] if r["region"] == "520102"]

    assert (row["count"], row["colour"], row["name"], row["longitude"]) == (count, colour, "南明区", 106.71)


def test_red_points_of_suspended_enterprises_colour_nothing(world: World, mine: str) -> None:
    world.tell(enterprise(mine), *red_points(mine, 6))
    world.tell(enterprise(mine, "suspended", at(TODAY)))

    [row] = [r for r in world.ask(province(), "show_layer", layer="regions", region="520100")["items"] if r["region"] == "520102"]
    risks = world.ask(county(), "show_layer", layer="risks")["items"]

    assert (row["count"], row["colour"]) == (0, "green")
    assert sum(r["parts"]["red"] for r in risks) == 6


@pytest.mark.feature("STA-12")
@pytest.mark.feature("STA-13")
def test_closed_hazards_vanish_from_the_map(world: World, mine: str) -> None:
    one = ids.new_id()
    world.tell(enterprise(mine), hazard(mine, one))
    layers = [world.ask(province(), "show_layer", layer=layer)["items"] for layer in ("hazards", "enterprises")]
    world.tell(hazard(mine, one, "closed", "closed", finished_at=TODAY))

    after = world.ask(province(), "show_layer", layer="hazards")["items"]

    assert [sum(r["count"] for r in items) for items in layers] == [1, 1]
    assert sum(r["count"] for r in after) == 0


GRADES = {"red": 4, "orange": 3, "yellow": 2, "blue": 1}


def test_the_province_changes_the_grades_and_their_history_stays(world: World, mine: str) -> None:
    world.tell(enterprise(mine), *red_points(mine, 3))

    world.ask(province(), "set_grades", level="county", thresholds=GRADES, reason="试点", version=0)
    world.ask(province(), "set_grades", level="county", thresholds=GRADES | {"red": 9}, reason="再调整", version=1)
    grades = {g["level"]: g for g in world.ask(county(), "show_grades")["items"]}
    history = world.ask(province(), "list_past_grades")["items"]
    [row] = [r for r in world.ask(province(), "show_layer", layer="regions", region="520100")["items"] if r["region"] == "520102"]

    assert row["colour"] == "orange"
    assert (grades["county"]["thresholds"]["red"], grades["prefecture"]["version"]) == (9, 0)
    assert sorted(h["reason"] for h in history) == ["再调整", "试点"]


@pytest.mark.parametrize(
    ("caller", "thresholds", "version", "refusal", "code"),
    [
        (county(), GRADES, None, Forbidden, "region_grade.not_yours"),
        (province(), GRADES | {"orange": 4}, None, Invalid, "region_grade.not_falling"),
        (province(), {"red": 51, "orange": 31, "yellow": 16, "blue": 6}, None, Invalid, "region_grade.unchanged"),
        (province(), GRADES, 7, Conflict, "version.stale"),
    ],
)
def test_grades_are_set_by_the_province_and_fall(
    world: World, caller: Any, thresholds: Any, version: int | None, refusal: type[Refusal], code: str
) -> None:
    with pytest.raises(refusal) as refused:
        world.ask(caller, "set_grades", level="county", thresholds=thresholds, reason="调整", version=version)

    assert refused.value.code == code
