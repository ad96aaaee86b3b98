"""Figures along time, by unit and by point; announcements; what is told at most twice a second."""

from datetime import date, timedelta
from unittest.mock import Mock

import pytest

from services.kernel import clock, ids
from services.kernel.errors import Invalid
from services.stats.contract import FIGURES_CHANGED
from services.stats.contract.indicators import INDICATORS
from services.stats.jobs import fold_figures
from services.stats.queries.sums import whole
from tests.service.stats.builders import (
    NOW,
    TODAY,
    World,
    county,
    enterprise,
    hazard,
    of_enterprise,
    on_site,
    point,
    province,
    risk_list,
    task,
    unit,
)

MAY, LAST_JUNE = date(2026, 5, 20), date(2025, 6, 20)


@pytest.mark.feature("STA-10")
def test_months_stand_beside_the_month_before_and_the_year_before(world: World, mine: str) -> None:
    found = {LAST_JUNE: 1, MAY: 2, TODAY: 3}
    world.tell(enterprise(mine), *(on_site(mine, ids.new_id(), found_at=day) for day, n in found.items() for _ in range(n)))
    world.tell(task(mine, ids.new_id(), MAY, "missed"), task(mine, ids.new_id(), TODAY, "done"))

    rows = {row["month"]: row for row in world.ask(province(), "list_monthly_figures", year=2026)["items"]}
    june = rows["2026-06"]

    assert list(rows) == [f"2026-{m:02}" for m in range(1, 7)]
    assert (june["hazard_count"], june["hazard_change"], june["hazard_change_year"]) == (3, 50.0, 200.0)
    assert (june["check_rate"], june["check_rate_change"], june["check_rate_change_year"]) == (100.0, 100.0, None)
    assert rows["2026-02"]["check_rate"] is None


@pytest.mark.parametrize(("hours", "final"), [(95, False), (96, True)])
def test_a_month_is_final_96_hours_after_its_end(world: World, hours: int, final: bool) -> None:
    with clock.simulate(clock.end_of(date(2026, 5, 31)) + timedelta(hours=hours)):
        rows = {row["month"]: row["is_final"] for row in world.ask(province(), "list_monthly_figures")["items"]}

    assert rows["2026-05"] is final and not rows["2026-06"]


def test_a_trend_has_every_day(world: World, mine: str) -> None:
    world.tell(enterprise(mine), task(mine, ids.new_id(), TODAY, "done"), task(mine, ids.new_id(), TODAY - timedelta(days=2)))

    days = world.ask(county(), "show_trend", from_on=str(TODAY - timedelta(days=2)), to_on=str(TODAY))["items"]

    assert [(d["day"], d["due_count"], d["check_rate"]) for d in days] == [
        ("2026-06-13", 1, 0.0), ("2026-06-14", 0, None), ("2026-06-15", 1, 100.0),
    ]  # fmt: skip


@pytest.mark.parametrize("days", [-1, 366])
def test_a_trend_runs_forward_and_no_longer_than_a_year(world: World, days: int) -> None:
    with pytest.raises(Invalid, match="trend.bad_span"):
        world.ask(county(), "show_trend", from_on=str(TODAY - timedelta(days=days)), to_on=str(TODAY))


@pytest.mark.feature("STA-02")
def test_the_funnel_leads_from_found_to_closed(world: World, mine: str) -> None:
    states = ["registered", "rectifying", "pending_recheck", "closed"]
    world.tell(enterprise(mine), *(hazard(mine, ids.new_id(), s, finished_at=TODAY) for s in states))

    steps = world.ask(of_enterprise(mine), "show_funnel", period="month")["items"]
    now = world.ask(of_enterprise(mine), "show_overview")

    assert [(s["count"], s["rate"]) for s in steps] == [(4, 100.0), (3, 75.0), (2, 50.0), (1, 25.0)]
    assert [now[n] for n in ("to_confirm", "to_rectify", "to_recheck")] == [1, 1, 1]


@pytest.mark.feature("STA-17")
def test_units_add_up_to_the_enterprise(world: World, mine: str) -> None:
    one, two = ids.new_id(), ids.new_id()
    checks = [task(mine, ids.new_id(), TODAY, s, u) for s, u in (("done", one), ("missed", one), ("done", two))]
    world.tell(enterprise(mine), unit(mine, one, "一车间"), unit(mine, two, "二车间"), *checks)
    world.tell(hazard(mine, ids.new_id(), unit_id=one), hazard(mine, ids.new_id()))

    board = world.ask(of_enterprise(mine), "show_board", period="month")

    assert {u["name"]: u["check_rate"] for u in board["units"]} == {"一车间": 50.0, "二车间": 100.0, "未归属单元": None}
    for name in ("due_count", "checked_count", "missed_count", "hazard_count"):
        assert sum(u[name] for u in board["units"]) == board["total"][name]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_what_was_found_in_a_unit_stays_there_when_it_is_merged_and_what_is_open_moves(
    world: World, mine: str, order: tuple[int, ...]
) -> None:
    one, two, found = ids.new_id(), ids.new_id(), ids.new_id()
    check = ids.new_id()
    moved = {"unit_id": two, "found_unit_id": one}
    told = [
        hazard(mine, found, unit_id=one, version=1),
        hazard(mine, found, what="changed", version=2, **moved),
        hazard(mine, found, "pending_recheck", "rectification_submitted", version=3, finished_at=TODAY, **moved),
    ]
    world.tell(
        enterprise(mine), unit(mine, one, "一车间"), unit(mine, two, "二车间"), task(mine, check, TODAY, unit_id=one, version=1)
    )
    world.tell(task(mine, check, TODAY, unit_id=two, version=2))
    for at in order:
        world.tell(told[at])

    board = world.ask(of_enterprise(mine), "show_board", period="month")
    assert {u["name"]: (u["due_count"], u["hazard_count"]) for u in board["units"]} == {"一车间": (0, 1), "二车间": (1, 0)}
    sql = "SELECT unit_id::text, to_recheck, open_general FROM enterprise_figure WHERE grain = 'now' AND unit_id IN (:one, :two)"
    standing = {row["unit_id"]: (row["to_recheck"], row["open_general"]) for row in world.rows(sql, one=one, two=two)}
    assert standing.pop(two) == (1, 1) and set(standing.values()) <= {(0, 0)}


@pytest.mark.feature("STA-18")
def test_points_without_a_check_are_listed(world: World, mine: str) -> None:
    checked, idle, unlisted = (ids.new_id() for _ in range(3))
    points = [point(mine, checked, "red"), point(mine, idle), point(mine, unlisted)]
    world.tell(enterprise(mine), *points, risk_list(mine, ids.new_id(), ids.new_id(), [checked, idle]))
    outcomes = ("done", "missed", "pending")
    world.tell(
        *(task(mine, ids.new_id(), TODAY, s, point_id=checked) for s in outcomes), hazard(mine, ids.new_id(), point_id=checked)
    )
    world.tell(hazard(mine, ids.new_id(), "cancelled", "cancelled", point_id=checked))

    found = {i["point_id"]: i for i in world.ask(of_enterprise(mine), "list_risk_point_figures")["items"]}
    red = world.ask(county(), "list_risk_point_figures", level="red", month="2026-06")["items"]

    assert found.keys() == {checked, idle}
    assert [found[checked][n] for n in ("due_count", "checked_count", "hazard_count", "level")] == [3, 1, 1, "red"]
    assert [found[idle][n] for n in ("due_count", "checked_count", "hazard_count")] == [0, 0, 0]
    assert [i["point_id"] for i in red] == [checked] and red[0]["enterprise_name"].startswith("某厂")


@pytest.mark.feature("STA-23")
def test_every_indicator_is_explained_and_shown(world: World) -> None:
    explained = {i["code"] for i in world.ask(county(), "list_indicators")["items"]}
    shown = world.ask(county(), "show_overview").keys() - {"from_on", "to_on", "is_final"}

    assert explained == shown == {i.code for i in INDICATORS}


def test_however_much_is_counted_in_a_turn_is_announced_once(world: World, mine: str) -> None:
    tasks = [task(mine, ids.new_id(), TODAY, industry="MK01") for _ in range(30)]
    world.tell(enterprise(mine, industry="MK01"), *tasks, count=False)

    fold_figures(world.database, TODAY)
    announced = world.rows("SELECT data FROM outbox WHERE type = 'figures.changed.v1' ORDER BY position")
    state = FIGURES_CHANGED.load(announced[0]["data"])["state"]

    assert len(announced) == 1
    assert state["buckets"] == [{"kind": "region", "key": "520102"}, {"kind": "industry", "key": "MK01"}]
    assert (state["day"], state["region"]) == (TODAY, "520000")


def test_of_what_comes_together_the_newest_state_is_kept_and_counted_once(world: World, mine: str) -> None:
    one, other = ids.new_id(), ids.new_id()
    first, second, third = (hazard(mine, one, status) for status in ("registered", "rectifying", "pending_recheck"))
    world.tell(enterprise(mine))

    world.tell(second, third, first, hazard(mine, other), count=False)

    kept = "SELECT id::text, version, facts ->> 'status' AS status FROM contribution WHERE id::text IN (:one, :other)"
    assert {row["id"]: (row["version"], row["status"]) for row in world.rows(kept, one=one, other=other)} == {
        one: (3, "pending_recheck"),
        other: (1, "rectifying"),
    }
    waiting = "SELECT id::text FROM pending WHERE kind = 'hazard' AND id::text IN (:one, :other)"
    assert sorted(row["id"] for row in world.rows(waiting, one=one, other=other)) == sorted([one, other])


def test_what_changes_no_figure_is_not_announced(world: World, mine: str) -> None:
    one = ids.new_id()
    world.tell(enterprise(mine), hazard(mine, one))
    before = world.rows("SELECT count(*) AS number FROM outbox")

    world.tell(hazard(mine, one, description="更正描述"))
    fold_figures(world.database, TODAY)

    assert world.rows("SELECT count(*) AS number FROM outbox") == before
    assert world.rows("SELECT count(*) AS number FROM pending") == [{"number": 0}]


def test_what_was_added_up_is_not_added_up_again_until_a_figure_changes_or_the_minute_is_over(
    world: World, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.tell(enterprise(mine), hazard(mine, ids.new_id()))
    sums = Mock(wraps=whole)
    monkeypatch.setattr("services.stats.queries.remembered.whole", sums)

    asked = [world.ask(county(), "show_overview")["hazard_count"] for _ in range(3)]
    of_another_scope = world.ask(county("520103"), "show_overview")["hazard_count"]
    assert (asked, of_another_scope, sums.call_count) == ([1, 1, 1], 0, 2)

    world.tell(hazard(mine, ids.new_id()))
    assert (world.ask(county(), "show_overview")["hazard_count"], sums.call_count) == (2, 3)

    with clock.simulate(NOW + timedelta(minutes=1)):
        world.ask(county(), "show_overview")
    assert sums.call_count == 4
