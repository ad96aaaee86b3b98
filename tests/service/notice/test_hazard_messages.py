"""Messages about hazards: for those of the enterprise who would see the hazard; nobody else sees, counts or reads them."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel import ids
from services.kernel.caller import Caller, system
from services.notice.tables import message
from tests.callers import enterprise_user
from tests.service.notice.builders import COUNTY, NEXT_COUNTY, Desk, Rows, a_hazard, an_admin, an_official, permissions_of

BOUND = ("checker", "list_author", "responsible_person", "rechecker", "expert")
LEADING = ("enterprise_admin", "principal", "safety_director", "safety_manager")
FINDER, RESPONSIBLE = "finder", "responsible"


@dataclass
class Plant:
    """An enterprise: a workshop with a team below it, another workshop, and an office that rectifies."""

    desk: Desk
    id: str
    root: str
    workshop: str
    team: str
    other: str
    office: str

    def person(self, role: str, unit_id: str | None = None, account: str | None = None) -> Caller:
        who = enterprise_user(self.id, COUNTY, *permissions_of(role), unit_id=unit_id)
        return replace(who, id=account) if account else who

    def hazard(self, **values: Any) -> dict[str, Any]:
        """The workshop's hazard, which the office rectifies."""
        known = {"unit_id": self.workshop, "responsible_unit_id": self.office, "found_by": FINDER, "responsible_id": RESPONSIBLE}
        return a_hazard(self.id, **known | values)


@pytest.fixture
def plant(desk: Desk) -> Plant:
    enterprise_id = desk.enterprise()
    root = desk.unit(enterprise_id)
    workshop, other, office = (desk.unit(enterprise_id, root) for _ in range(3))
    return Plant(desk, enterprise_id, root, workshop, desk.unit(enterprise_id, root, workshop), other, office)


def seen(desk: Desk, who: Caller) -> set[str]:
    """The subjects of his messages; what is counted for him, listed as unread and marked as read must be these and no more."""
    items = desk(who, "list_messages", limit=200)["items"]
    leader = replace(who, permissions=frozenset(permissions_of("principal")))
    everything = [item["id"] for item in desk(leader, "list_messages", limit=200)["items"]]

    assert desk(who, "count_unread_messages")["count"] == len(items)
    assert desk(who, "list_messages", is_unread=True, limit=200)["items"] == items
    assert desk(who, "read_messages", message_ids=everything or [ids.new_id()]) == {"count": len(items)}
    assert desk(who, "count_unread_messages") == {"count": 0, "urgent": 0}
    return {item["subject_id"] for item in items}


@pytest.mark.parametrize(("where", "account", "is_told"), [
    ("workshop", None, True), ("root", None, True), ("office", None, True),
    ("other", FINDER, True), ("other", RESPONSIBLE, True), (None, FINDER, True), (None, RESPONSIBLE, True),
    ("other", None, False), ("team", None, False), (None, None, False),
])  # fmt: skip
@pytest.mark.parametrize("role", BOUND)
def test_whoever_is_bound_to_his_unit_is_told_of_the_hazards_that_he_sees(
    desk: Desk, plant: Plant, role: str, where: str | None, account: str | None, is_told: bool
) -> None:
    hazard = plant.hazard()
    desk.hear("hazard.overdue.v1", hazard)

    who = plant.person(role, getattr(plant, where) if where else None, account)

    assert seen(desk, who) == ({hazard["id"]} if is_told else set())


def test_whoever_reads_all_reads_what_he_is_told(desk: Desk, plant: Plant) -> None:
    for unit in (plant.workshop, plant.other, None):
        desk.hear("hazard.overdue.v1", plant.hazard(unit_id=unit, responsible_unit_id=None))

    assert desk(plant.person("checker", plant.workshop), "read_messages", are_all=True) == {"count": 1}
    assert desk(plant.person("principal"), "read_messages", are_all=True) == {"count": 3}


@pytest.mark.parametrize("role", LEADING)
def test_leaders_are_told_of_every_hazard(desk: Desk, plant: Plant, role: str) -> None:
    hazards = [plant.hazard(), a_hazard(plant.id)]
    for hazard in hazards:
        desk.hear("hazard.overdue.v1", hazard)

    assert seen(desk, plant.person(role, plant.other)) == {hazard["id"] for hazard in hazards}


def test_a_hazard_of_no_unit_is_told_to_leaders_and_those_it_names(desk: Desk, plant: Plant) -> None:
    hazard = plant.hazard(unit_id=None, responsible_unit_id=None)
    desk.hear("hazard.recheck_failed.v1", hazard)

    assert seen(desk, plant.person("checker", plant.root)) == set()
    assert seen(desk, plant.person("checker", plant.root, RESPONSIBLE)) == {hazard["id"]}


def test_whoever_is_made_responsible_is_told_from_then_on_and_who_was_no_longer(desk: Desk, plant: Plant) -> None:
    hazard = plant.hazard()
    desk.hear("hazard.confirmed.v1", hazard)

    desk.hear("hazard.changed.v1", hazard | {"responsible_id": "successor", "version": 3})
    desk.hear("hazard.changed.v1", hazard)  # A straggler.

    assert seen(desk, plant.person("responsible_person", plant.other, "successor")) == {hazard["id"]}
    assert seen(desk, plant.person("responsible_person", plant.other, RESPONSIBLE)) == set()


def test_a_unit_that_is_hung_elsewhere_takes_its_hazards_along(desk: Desk, plant: Plant) -> None:
    hazard = plant.hazard(unit_id=plant.team, responsible_unit_id=None)
    desk.hear("hazard.overdue.v1", hazard)

    desk.unit(plant.id, plant.root, plant.other, unit_id=plant.team, version=2)

    assert seen(desk, plant.person("checker", plant.other)) == {hazard["id"]}
    assert seen(desk, plant.person("checker", plant.workshop)) == set()


def test_a_listing_is_told_to_those_who_see_its_hazard_whichever_is_heard_first(desk: Desk, plant: Plant) -> None:
    hazard = plant.hazard(hazard_class="major")
    listing = {"id": ids.new_id(), "enterprise_id": plant.id, "region": COUNTY, "industry": "GM01", "version": 2}
    listing |= {
        "hazard_id": hazard["id"],
        "hazard_number": hazard["number"],
        "title": "督办",
        "level": "county",
        "status": "listed",
    }
    desk.hear("supervision.listed.v1", listing)
    assert seen(desk, plant.person("checker", plant.workshop)) == set()

    desk.hear("hazard.changed.v1", hazard)

    assert seen(desk, plant.person("checker", plant.workshop)) == {listing["id"]}
    assert seen(desk, plant.person("checker", plant.other)) == set()
    assert seen(desk, plant.person("principal")) == {listing["id"]}


def test_a_message_that_names_no_hazard_is_for_those_who_see_the_whole_enterprise(desk: Desk, plant: Plant) -> None:
    """What was told before messages named their hazard."""
    hazard = plant.hazard()
    desk.hear("hazard.overdue.v1", hazard)
    with desk.database.work(system("test"), "test") as work:
        work.session.execute(sa.update(message).where(message.c.subject_id == hazard["id"]).values(hazard_id=None))

    assert seen(desk, plant.person("checker", plant.workshop)) == set()
    assert seen(desk, plant.person("checker", plant.workshop, RESPONSIBLE)) == set()
    assert seen(desk, plant.person("safety_manager")) == {hazard["id"]}


def test_what_concerns_the_enterprise_itself_is_told_to_all_its_people(desk: Desk, plant: Plant) -> None:
    owned = {"enterprise_id": plant.id, "region": COUNTY, "industry": "GM01", "version": 2}
    licence, inspection = (owned | {"id": ids.new_id()} for _ in range(2))
    desk.hear("licence.expiring.v1", licence | {"number": "1", "valid_to": "2026-12-31", "status": "expiring"}, {"days_left": 30})
    desk.hear("inspection.closed.v1", inspection | {"status": "closed", "recorded_at": None}, {"rechecked": []})
    desk.sent(an_official(COUNTY), {"enterprise_ids": [plant.id]})

    told = seen(desk, plant.person("checker", plant.other))

    assert {licence["id"], inspection["id"]} < told and len(told) == 3


def test_copies_lie_where_the_enterprise_lies_whichever_is_heard_first(desk: Desk, plant: Plant, rows: Rows) -> None:
    moved = {"id": plant.id, "enterprise_id": plant.id, "region": NEXT_COUNTY, "industry": "GM01", "version": 9, "status": "active"}
    before, after = plant.hazard(), plant.hazard()
    desk.hear("hazard.overdue.v1", before)

    desk.hear("enterprise.region_changed.v1", moved | {"name": "迁厂"}, {"old_region": COUNTY})
    desk.hear("hazard.overdue.v1", after)
    desk.unit(plant.id, plant.root)

    for table in ("hazard_ref", "org_unit_ref"):
        assert rows(f"SELECT DISTINCT region FROM {table} WHERE enterprise_id = :id", id=plant.id) == [{"region": NEXT_COUNTY}]
    who = replace(plant.person("checker", plant.workshop), region=NEXT_COUNTY)
    assert seen(desk, who) == {before["id"], after["id"]}
    assert seen(desk, an_admin(desk.enterprise())) == set()
