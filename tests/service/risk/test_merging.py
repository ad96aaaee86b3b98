"""A unit is merged into another: what is current of it follows and what is over stays, however often and in whatever order."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.errors import Conflict
from services.risk import merging
from tests.service.risk.builders import Rows, World, a_line, at, events_of, passed, tomorrow

DAY = date(2026, 11, 24)


@pytest.fixture
def merge(world: World) -> Callable[..., None]:
    """Has one unit announced as merged into another, and lets follow what was theirs."""

    def announce(former: str, heir: str, version: int = 2, follows: bool = True) -> None:
        hear_unit(world, former, version, is_active=False, merged_into_id=world.units[heir])
        if follows:
            world.desk.run("follow_merged_units", DAY)

    return announce


@pytest.fixture
def heir(world: World) -> str:
    return world.add_unit("二车间", "workshop", world.units["全厂"])


def hear_unit(world: World, name: str, version: int, **more: Any) -> None:
    root, unit = world.units["全厂"], world.units[name]
    state = {"id": unit, "enterprise_id": world.id, "region": world.state["region"], "industry": world.state["industry"]}
    state |= {"version": version, "name": name, "tier": "workshop", "parent_id": root, "path": [root, unit]}
    world.desk.hear("org_unit.changed.v1", state | more)


def points_of(world: World, unit: str) -> list[str]:
    found = world.desk(world.manager, "list_risk_points", unit_id=world.units[unit], limit=200)["items"]
    return sorted(row["name"] for row in found if row["unit_id"] == world.units[unit])


@pytest.mark.feature("ENT-33")
def test_points_follow_and_each_is_announced_once(world: World, merge: Any, heir: str, rows: Rows, monkeypatch: Any) -> None:
    monkeypatch.setattr(merging, "BATCH", 2)
    points = [world.point("一车间") for _ in range(5)]
    elsewhere = world.point("全厂")

    for _ in range(2):
        merge("一车间", "二车间")

    assert points_of(world, "二车间") == sorted(point["name"] for point in points) and points_of(world, "一车间") == []
    for point in points:
        told = events_of(rows, point["id"])
        assert [each["data"]["state"]["unit_id"] for each in told[-2:]] == [world.units["一车间"], heir]
        assert told[-1]["data"]["state"]["version"] == point["version"] + 1
    assert world.desk(world.manager, "get_risk_point", risk_point_id=elsewhere["id"])["unit_id"] == world.units["全厂"]


def test_points_of_one_name_are_told_apart_by_their_former_unit(world: World, merge: Any, heir: str) -> None:
    for unit, name in (("二车间", "冲压机"), ("二车间", "冲压机（一车间）"), ("一车间", "冲压机"), ("一车间", "行车")):
        world.point(unit, name=name)

    merge("一车间", "二车间")

    assert points_of(world, "二车间") == ["冲压机", "冲压机（一车间2）", "冲压机（一车间）", "行车"]


@pytest.mark.feature("ENT-33")
def test_open_tasks_and_who_is_asked_to_check_follow_and_what_is_over_stays(
    world: World, merge: Any, heir: str, rows: Rows
) -> None:
    former = world.units["一车间"]
    with at(DAY):
        root = world.point("全厂")
        ending = world.filed(a_line(world.point("一车间")), a_line(world.point("一车间")))
        asking = world.filed(a_line(root, checker_unit_id=former, checker_name="一车间"), unit="全厂")
    day = tomorrow(DAY)
    world.generate(day)
    done, left = (task for task in world.tasks() if task["unit_id"] == former)
    with at(day, 10):
        world.desk(world.manager, "submit_check", task_id=done["id"], answers=passed())
        world.desk(world.manager, "withdraw_risk_list", risk_list_id=ending["id"], reason="单元调整")
        merge("一车间", "二车间")

    now = {task["id"]: task for task in world.tasks()}
    assert (now[done["id"]]["unit_id"], now[left["id"]]["unit_id"]) == (former, heir)
    told = events_of(rows, left["id"])[-1]
    assert (told["type"], told["data"]["state"]["unit_id"]) == ("check_task.moved.v1", heir)
    lines = world.desk(world.manager, "get_risk_list", risk_list_id=asking["id"])["lines"]
    assert [(line["checker_unit_id"], line["checker_name"]) for line in lines] == [(heir, "二车间")]
    world.generate(tomorrow(day))
    sql = "SELECT unit_id::text, checker_unit_id::text, checker_name FROM check_task WHERE list_id = :id"
    assert [tuple(row.values()) for row in rows(sql, id=asking["id"])] == [(world.units["全厂"], heir, "二车间")] * 2


def test_lists_of_a_merged_unit_are_taken_back(world: World, merge: Any, heir: str, rows: Rows) -> None:
    """One may have been filed before the merging was heard here; its points are free for a list of the other unit."""
    point = world.point("一车间")
    filed = world.filed(a_line(point))
    drafted, submitted, approved = world.draft(a_line(point)), world.draft(a_line(point)), world.approved(a_line(point))
    world.desk(world.manager, "submit_risk_list", risk_list_id=submitted["id"])

    merge("一车间", "二车间")

    for each in (filed, drafted, submitted, approved):
        now = world.desk(world.manager, "get_risk_list", risk_list_id=each["id"])
        assert (now["status"], now["reason"]) == ("withdrawn", "单元「一车间」已合并到「二车间」")
    assert events_of(rows, filed["id"])[-1]["type"] == "risk_list.withdrawn.v1"
    assert not world.desk(world.manager, "get_risk_point", risk_point_id=point["id"])["is_filed"]
    assert world.filed(a_line(point), unit="二车间")["status"] == "filed"


def test_a_list_of_a_unit_out_of_use_is_not_filed(world: World, merge: Any, heir: str) -> None:
    approved = world.approved(a_line(world.point("一车间")))
    merge("一车间", "二车间", follows=False)

    with pytest.raises(Conflict, match=r"org_unit\.disabled"):
        world.desk(world.manager, "file_risk_list", risk_list_id=approved["id"])


def test_of_two_mergings_in_a_row_the_later_may_be_heard_first(world: World, merge: Any, heir: str) -> None:
    world.add_unit("三车间", "workshop", world.units["全厂"])
    point = world.point("一车间")

    merge("二车间", "三车间")
    merge("一车间", "二车间")

    assert points_of(world, "三车间") == [point["name"]]


def test_what_is_announced_late_undoes_nothing(world: World, merge: Any, heir: str, rows: Rows) -> None:
    point = world.point("一车间")
    merge("一车间", "二车间", version=3)
    hear_unit(world, "一车间", 2, is_active=True)
    world.desk.run("follow_merged_units", DAY)

    assert points_of(world, "二车间") == [point["name"]]
    [kept] = rows("SELECT is_active, merged_into_id::text, followed_at FROM org_unit_ref WHERE id = :id", id=world.units["一车间"])
    assert (kept["is_active"], kept["merged_into_id"], kept["followed_at"] is None) == (False, heir, False)
    with pytest.raises(Conflict, match=r"org_unit\.disabled"):
        world.point("一车间")
    assert clock.now() > kept["followed_at"]
