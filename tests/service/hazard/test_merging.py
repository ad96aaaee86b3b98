"""A unit is merged into another: what is open of it follows with a word in its history, what has ended stays, in whatever order."""

from typing import Any

import pytest

from services.hazard import jobs
from services.hazard.service import SERVICE
from services.kernel import clock, ids
from tests.service.hazard.builders import ASSIGNED, Desk, Enterprise, Rows, check_state, failed_item, rectified


class Units:
    """Three units of one enterprise, which are merged one into the other."""

    def __init__(self, desk: Desk, of: Enterprise) -> None:
        self.desk, self.of = desk, of
        self.one, self.two, self.three = (ids.new_id() for _ in range(3))
        for name, unit in (("一车间", self.one), ("二车间", self.two), ("三车间", self.three)):
            self.hear(unit, name, 1)

    def hear(self, unit: str, name: str, version: int, **more: Any) -> None:
        state = {"id": unit, "enterprise_id": self.of.id, "region": self.of.region, "industry": "GM01", "version": version}
        state |= {"name": name, "tier": "workshop", "parent_id": None, "path": [unit], "is_active": True}
        self.desk.hear("org_unit.changed.v1", state | more)

    def merge(self, unit: str, into: str, version: int = 2, follows: bool = True) -> None:
        self.hear(unit, "一车间", version, is_active=False, merged_into_id=into)
        if follows:
            self.follow()

    def follow(self) -> None:
        SERVICE.jobs["follow_merged_units"](self.desk.database, clock.day_of(clock.now()))

    def seen(self, hazard_id: str) -> tuple[str, str | None]:
        hazard = self.desk(self.of.safety_manager, "show_hazard", hazard_id=hazard_id)
        return hazard["unit_id"], hazard["found_unit_id"]


@pytest.fixture
def units(desk: Desk) -> Units:
    return Units(desk, desk.enterprise())


@pytest.mark.feature("ENT-33")
def test_open_hazards_follow_and_say_why_and_closed_ones_stay(units: Units, rows: Rows, monkeypatch: Any) -> None:
    desk, of = units.desk, units.of
    monkeypatch.setattr(jobs, "BATCH", 1)
    opened = [desk.registered(of, unit_id=units.one)["id"] for _ in range(3)]
    draft = desk(of.checker, "register_hazard", place="东侧", description="护栏缺失", is_draft=True, unit_id=units.one)["id"]
    closed = desk.registered(of, unit_id=units.one)["id"]
    desk(of.safety_manager, "confirm_hazard", hazard_id=closed, **ASSIGNED)
    desk(of.responsible_person, "submit_rectification", **rectified(closed))
    desk(of.rechecker, "recheck_hazard", hazard_id=closed, is_passed=True, opinion="合格")
    answers_for = desk.registered(of, unit_id=units.three)["id"]
    desk(of.safety_manager, "confirm_hazard", hazard_id=answers_for, **ASSIGNED, responsible_unit_id=units.one)

    for _ in range(2):
        units.merge(units.one, units.two)

    assert {units.seen(each) for each in (*opened, draft)} == {(units.two, units.one)}
    assert units.seen(closed) == (units.one, None)
    asked = desk(of.safety_manager, "show_hazard", hazard_id=answers_for)
    assert (asked["unit_id"], asked["responsible_unit_id"], asked["found_unit_id"]) == (units.three, units.two, None)
    [step] = [
        s for s in desk(of.safety_manager, "list_hazard_history", hazard_id=opened[0])["items"] if s["event"] == "follow_unit"
    ]
    assert step["reason"] == "单元「一车间」已合并到「二车间」"
    told = rows("SELECT type, data FROM outbox WHERE subject = :id ORDER BY position", id=opened[0])
    assert [each["type"] for each in told] == ["hazard.registered.v1", "hazard.changed.v1"]
    assert told[-1]["data"]["state"]["unit_id"] == units.two
    assert rows("SELECT 1 FROM outbox WHERE subject = :id", id=draft) == []


def test_what_is_written_or_heard_of_a_merged_unit_is_the_other_ones(units: Units, rows: Rows) -> None:
    desk, of = units.desk, units.of
    units.merge(units.two, units.three)
    units.merge(units.one, units.two)
    point = {
        "id": ids.new_id(),
        "enterprise_id": of.id,
        "region": of.region,
        "industry": "GM01",
        "version": 1,
        "unit_id": units.one,
    }
    point |= {"number": "1", "name": "冲压机", "object_type": "equipment", "status": "active", "level": "blue"}
    desk.hear("risk_point.published.v1", point | {"control_tier": "team", "method": "LEC", "value": "7"})
    check = check_state(of, unit_id=units.one)

    desk.hear("check_item.failed.v1", check, failed_item())

    [made] = rows("SELECT unit_id::text FROM hazard WHERE check_id = :id", id=check["id"])
    assert made["unit_id"] == units.three
    assert desk.registered(of, unit_id=units.one)["unit_id"] == units.three
    assert desk.registered(of, point_id=point["id"])["unit_id"] == units.three
    assigned = desk.rectifying(of, unit_id=units.two)["id"]
    desk(of.safety_manager, "assign_hazard", hazard_id=assigned, **ASSIGNED, responsible_unit_id=units.one)
    assert desk(of.safety_manager, "show_hazard", hazard_id=assigned)["responsible_unit_id"] == units.three


def test_an_older_announcement_undoes_nothing(units: Units) -> None:
    hazard = units.desk.registered(units.of, unit_id=units.one)["id"]
    units.merge(units.one, units.two, version=3)
    units.hear(units.one, "一车间", 2)
    units.follow()

    assert units.seen(hazard) == (units.two, units.one)
    assert units.desk.registered(units.of, unit_id=units.one)["unit_id"] == units.two


def test_another_unit_chosen_by_people_is_where_it_was_found(units: Units) -> None:
    desk, of = units.desk, units.of
    draft = desk(of.checker, "register_hazard", place="东侧", description="护栏缺失", is_draft=True, unit_id=units.one)["id"]
    units.merge(units.one, units.two)
    form = {"hazard_id": draft, "place": "东侧", "description": "护栏缺失"}

    desk(of.checker, "revise_hazard", **form, unit_id=units.one)
    assert units.seen(draft) == (units.two, units.one)
    desk(of.checker, "revise_hazard", **form, unit_id=units.three)

    assert units.seen(draft) == (units.three, None)
