"""What this service does when enterprises and units change; announcements come twice, late, and before their time."""

from datetime import date

import pytest

from services.kernel import ids
from services.kernel.errors import Conflict, NotFound
from tests.service.risk.builders import Desk, Rows, World, a_line, a_regulator, at, events_of, passed, tomorrow

FILED, DAY = date(2026, 11, 20), date(2026, 11, 23)


def filed_daily(world: World, *periods: str) -> None:
    with at(FILED):
        world.filed(*(a_line(world.point(), period) for period in periods))


def test_what_belongs_to_an_enterprise_moves_with_it(world: World, desk: Desk, rows: Rows) -> None:
    filed_daily(world, "day")
    world.generate(DAY)
    with at(DAY, 10):
        desk(world.manager, "submit_check", task_id=world.tasks()[0]["id"], answers=passed())

    world.announce("region_changed", {"old_region": "520103"}, region="520302", industry="GM05")

    for table in ("risk_point", "risk_assessment", "risk_list", "filed_line", "check_task", "check_record", "org_unit_ref"):
        found = rows(f"SELECT DISTINCT region, industry FROM {table} WHERE enterprise_id = :own", own=world.id)
        assert found == [{"region": "520302", "industry": "GM05"}], table
    assert desk(a_regulator("520103"), "list_risk_points", enterprise_id=world.id)["items"] == []
    assert len(desk(a_regulator("520302"), "list_risk_points", enterprise_id=world.id)["items"]) == 1


def test_an_older_announcement_takes_nothing_back(world: World, desk: Desk, rows: Rows) -> None:
    old = dict(world.state)
    world.announce("changed", name="新厂名", region="520302")

    desk.hear("enterprise.changed.v1", old)

    assert rows("SELECT name, region FROM enterprise_ref WHERE enterprise_id = :own", own=world.id) == [
        {"name": "新厂名", "region": "520302"}
    ]


def test_suspension_exempts_open_tasks_and_keeps_missed_ones(world: World, rows: Rows) -> None:
    filed_daily(world, "day", "week")
    world.generate(DAY)
    with at(tomorrow(DAY), 0, 1):
        world.desk.run("close_windows", tomorrow(DAY))

    with at(tomorrow(DAY), 9):
        on = tomorrow(DAY).isoformat()
        world.announce("suspended", {"effective_on": on}, status="suspended", suspended_from=on)
    world.generate(date(2026, 11, 25))

    found = world.tasks()
    assert sorted((t["status"], t["reason"]) for t in found if t["status"] == "exempt") == [("exempt", "企业停产停工")]
    assert sorted(t["status"] for t in found) == ["exempt", "missed"]
    exempt = next(t for t in found if t["status"] == "exempt")
    assert events_of(rows, exempt["id"])[-1]["type"] == "check_task.exempt.v1"


def test_tasks_go_on_with_the_day_of_resumption(world: World) -> None:
    filed_daily(world, "day")
    with at(FILED, 12):
        world.announce("suspended", {"effective_on": "2026-11-21"}, status="suspended", suspended_from="2026-11-21")
        world.announce("resumed", {"effective_on": "2026-11-24"}, status="active", suspended_from=None)

    for day in (21, 22, 23, 24):
        world.generate(date(2026, 11, day))

    assert [t["window_start"][:10] for t in world.tasks()] == ["2026-11-23"]  # Midnight of the 24th in China.


def test_a_week_that_a_known_stop_will_meet_is_exempt_from_the_start(world: World) -> None:
    filed_daily(world, "week")
    with at(FILED, 12):
        world.announce("suspended", {"effective_on": "2026-11-25"}, status="suspended", suspended_from="2026-11-25")

    world.generate(DAY)

    assert [t["status"] for t in world.tasks()] == ["exempt"]


@pytest.mark.parametrize("what", ["deleted", "closed"])
def test_an_enterprise_that_is_gone_owes_no_checks(world: World, what: str) -> None:
    filed_daily(world, "day")
    world.generate(DAY)

    with at(DAY, 10):
        world.announce(what, status=what)
    world.generate(tomorrow(DAY))

    assert [t["status"] for t in world.tasks()] == ["exempt"]
    with pytest.raises(Conflict, match="enterprise.not_running"):
        world.desk(world.manager, "create_risk_point", **world.form())


def test_a_unit_may_be_known_before_its_enterprise(desk: Desk, rows: Rows) -> None:
    own, unit = ids.new_id(), ids.new_id()
    state = {"id": unit, "enterprise_id": own, "region": "520103", "industry": None, "version": 1, "name": "全厂"}

    desk.hear("org_unit.changed.v1", state | {"tier": "enterprise", "parent_id": None, "path": [unit], "is_active": True})

    assert rows("SELECT name FROM org_unit_ref WHERE id = :id", id=unit) == [{"name": "全厂"}]


def test_a_disabled_unit_takes_no_new_points(world: World) -> None:
    unit = world.units["一车间"]
    state = {"id": unit, "enterprise_id": world.id, "region": "520103", "industry": "GM04", "version": 2, "name": "一车间"}
    world.desk.hear(
        "org_unit.changed.v1",
        state | {"tier": "workshop", "parent_id": world.units["全厂"], "path": [world.units["全厂"], unit], "is_active": False},
    )

    with pytest.raises(Conflict, match="org_unit.disabled"):
        world.desk(world.manager, "create_risk_point", **world.form())


def test_nobody_writes_for_an_enterprise_that_is_not_known_yet(desk: Desk) -> None:
    stranger = World(desk, {"id": ids.new_id(), "region": "520103"}, {"一车间": ids.new_id()})

    with pytest.raises(NotFound):
        desk(stranger.manager, "create_risk_point", **stranger.form())
