"""Who sees and does what: other enterprises, other counties, other industries, other units, group headquarters, nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel.caller import ALL, Caller, Scope
from services.kernel.errors import Forbidden, NotFound
from tests.callers import applicant, nobody
from tests.service.risk.builders import Desk, World, a_line, a_regulator, at, passed, permissions_of

FILED, DAY = date(2026, 11, 20), date(2026, 11, 23)
LISTS = ["list_risk_points", "list_risk_lists", "list_check_tasks", "list_checks", "list_risk_batches"]
Made = dict[str, Any]


@pytest.fixture
def made(world: World) -> Made:
    """A point on a filed list with a task that was checked, as arguments of the questions for each."""
    point = world.point(level="red")
    with at(FILED):
        of = world.filed(a_line(point, "day"))
    world.generate(DAY)
    task = world.tasks()[0]
    with at(DAY, 10):
        check = world.desk(world.manager, "submit_check", task_id=task["id"], answers=passed())
    world.desk(world.manager, "create_risk_category", name="甲")
    return {
        "get_risk_point": {"risk_point_id": point["id"]}, "get_risk_card": {"risk_point_id": point["id"]},
        "list_assessments": {"risk_point_id": point["id"]}, "get_risk_list": {"risk_list_id": of["id"]},
        "preview_risk_list": {"risk_list_id": of["id"]}, "get_list_execution": {"risk_list_id": of["id"]},
        "get_check_task": {"check_task_id": task["id"]}, "get_check": {"check_id": check["id"]},
        "scan_risk_point": {"token": point["token"]}, "list_required_points": {"unit_id": world.units["一车间"]},
    }  # fmt: skip


def everything(caller: Caller) -> Caller:
    """The same person with every permission: scope alone is to keep him out."""
    roles = ("safety_manager", "safety_director", "regulator", "enterprise_admin", "checker")
    return replace(caller, permissions=frozenset(permissions_of(*roles)))


def in_team(world: World) -> Caller:
    """Somebody of the team, who may not see the whole enterprise."""
    return world.somebody("checker", "list_author", unit="冲压班组")


STRANGERS: dict[str, Callable[[World, Desk], Caller]] = {
    "another enterprise": lambda world, desk: everything(World.made(desk).manager),
    "another county": lambda world, desk: everything(a_regulator("520102")),
    "another prefecture": lambda world, desk: everything(a_regulator("520300")),
    "another industry": lambda world, desk: everything(a_regulator("520103", industries=("MK",))),
    "an applicant": lambda world, desk: everything(applicant()),
    "no scope at all": lambda world, desk: everything(replace(world.manager, scope=Scope())),
    "a unit below": lambda world, desk: in_team(world),
    "no unit": lambda world, desk: world.somebody("checker", "list_author"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_nothing_by_id(world: World, desk: Desk, made: Made, who: str) -> None:
    stranger = STRANGERS[who](world, desk)

    for operation, args in made.items():
        with pytest.raises(NotFound):
            desk(stranger, operation, **args)


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_nothing_in_lists(world: World, desk: Desk, made: Made, who: str) -> None:
    stranger = STRANGERS[who](world, desk)
    mine = [row["id"] for operation in LISTS for row in desk(world.manager, operation)["items"]]

    seen = [row["id"] for operation in LISTS for row in desk(stranger, operation, limit=200)["items"]]

    assert len(mine) >= 4 and not set(mine) & set(seen)


def test_a_stranger_changes_nothing(world: World, desk: Desk, made: Made) -> None:
    stranger, point = everything(World.made(desk).manager), made["get_risk_point"]

    for operation, args in {
        "retire_risk_point": point | {"reason": "冒名"},
        "withdraw_risk_list": made["get_risk_list"] | {"reason": "冒名"},
        "submit_check": {"task_id": made["get_check_task"]["check_task_id"], "answers": passed()},
        "create_risk_point": world.form(),
    }.items():
        with pytest.raises(NotFound):
            desk(stranger, operation, **args)
    assert desk(stranger, "delete_risk_points", ids=[point["risk_point_id"]], reason="冒名")["deleted"] == 0
    assert desk(world.manager, "get_risk_point", **point)["status"] == "active"


def test_the_county_the_city_and_the_province_see_what_is_filed(world: World, desk: Desk, made: Made) -> None:
    for region in ("520103", "520100", "520000"):
        official = a_regulator(region)
        for operation, args in made.items():
            if operation not in ("list_required_points", "scan_risk_point"):
                assert desk(official, operation, **args)


@pytest.mark.feature("RSK-27")
def test_government_sees_only_points_on_filed_lists_and_no_telephone(world: World, desk: Desk, made: Made) -> None:
    unfiled = world.point()
    official = a_regulator("520103")

    seen = desk(official, "list_risk_points", enterprise_id=world.id)["items"]
    detail = desk(official, "get_risk_point", **made["get_risk_point"])

    assert [row["id"] for row in seen] == [made["get_risk_point"]["risk_point_id"]]
    assert (detail["responsible_phone"], detail["token"], detail["allowed"]) == ("139****2345", None, [])
    with pytest.raises(NotFound):
        desk(official, "get_risk_point", risk_point_id=unfiled["id"])


def test_government_does_not_act_for_an_enterprise(world: World, desk: Desk, made: Made) -> None:
    with pytest.raises(Forbidden, match="risk.not_yours"):
        desk(everything(a_regulator("520103")), "retire_risk_point", reason="越权停用", **made["get_risk_point"])


def test_headquarters_see_what_a_subordinate_has_filed_and_touch_nothing(world: World, desk: Desk, made: Made) -> None:
    parent = World.made(desk)
    group = replace(everything(parent.manager), scope=Scope(ALL, ALL, (parent.id, world.id)))
    draft = world.draft(a_line(world.point()))

    assert desk(group, "get_risk_list", **made["get_risk_list"])["status"] == "filed"
    with pytest.raises(NotFound):
        desk(group, "get_risk_list", risk_list_id=draft["id"])
    with pytest.raises(Forbidden, match="risk.not_yours"):
        desk(group, "withdraw_risk_list", reason="越权", **made["get_risk_list"])


def test_a_unit_sees_itself_and_what_lies_below(world: World, desk: Desk) -> None:
    above, here, below = world.point("全厂"), world.point("一车间"), world.point("冲压班组")

    seen = desk(world.somebody("checker", unit="一车间"), "list_risk_points")["items"]

    assert {row["id"] for row in seen} == {here["id"], below["id"]} and above["id"] not in {row["id"] for row in seen}


def test_a_task_that_asks_for_a_person_is_his_wherever_it_lies(world: World, desk: Desk) -> None:
    checker, other = in_team(world), in_team(world)
    point = world.point("一车间")
    with at(FILED):
        world.filed(a_line(point, checker_id=checker.id))
    world.generate(DAY)
    task = world.tasks()[0]

    with at(DAY, 10):
        counted = [desk(person, "count_check_tasks")["pending"] for person in (checker, other)]
        with pytest.raises(NotFound):
            desk(other, "submit_check", task_id=task["id"], answers=passed())
        done = desk(checker, "submit_check", task_id=task["id"], answers=passed())

    assert counted == [1, 0] and done["outcome"] == "done"
    assert [row["id"] for row in desk(checker, "list_checks")["items"]] == [done["id"]]


def test_the_database_itself_shows_a_stranger_no_row(world: World, desk: Desk, made: Made) -> None:
    stranger = World.made(desk).manager
    tables = ("risk_point", "risk_assessment", "risk_category", "risk_list", "filed_line", "check_task", "check_record")

    with desk.database.work(stranger, "test", read_only=True) as work:
        found = {table: work.session.scalar(sa.text(f"SELECT count(*) FROM {table}")) for table in tables}

    assert found == dict.fromkeys(tables, 0)


def test_nobody_without_an_account_reads_anything_but_a_card(world: World, desk: Desk, made: Made) -> None:
    for operation, args in made.items():
        with pytest.raises(Forbidden, match="caller.forbidden"):
            desk(nobody(), operation, **args)
