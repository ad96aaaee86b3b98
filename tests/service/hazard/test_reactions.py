"""What others announce: failed checks and inspections become hazards, once, in whatever order words arrive."""

from itertools import permutations
from typing import Any

import pytest

from services.hazard.service import SERVICE
from services.kernel import ids
from services.kernel.event import Event
from services.kernel.inbox import react, store
from tests.service.hazard.builders import (
    SYSTEM,
    Desk,
    Enterprise,
    Rows,
    a_finding,
    an_event,
    check_state,
    day,
    enterprise_state,
    failed_item,
    inspection_state,
    of_hazard,
    official,
    rectified,
)  # fmt: skip


def hazards_of(desk: Desk, of: Enterprise) -> list[dict[str, Any]]:
    return list(desk(of.safety_manager, "list_hazards", sort="id")["items"])


# Failed check items


@pytest.mark.feature("HAZ-01")
def test_a_failed_item_opens_a_hazard_with_point_and_item_filled(desk: Desk, factory: Enterprise) -> None:
    state = check_state(factory)

    desk.hear("check_item.failed.v1", state, failed_item())

    (hazard,) = hazards_of(desk, factory)
    assert (hazard["status"], hazard["point_name"], hazard["description"]) == ("registered", "冲压机", "光电保护失效")
    assert (hazard["source"], hazard["found_by"], hazard["check_id"]) == ("self_check", "checker-1", state["check_id"])
    assert hazard["deadline_on"] == day(7) and hazard["number"]


@pytest.mark.parametrize(
    ("level", "removed", "status", "suspected"),
    [
        ("blue", True, "closed_on_site", False), ("yellow", False, "registered", False), ("orange", True, "registered", True),
        ("red", False, "registered", True),
    ],
)  # fmt: skip
def test_what_fails_at_a_red_or_orange_point_may_be_major_and_is_not_closed_on_site(
    desk: Desk, factory: Enterprise, level: str, removed: bool, status: str, suspected: bool
) -> None:
    item = failed_item(removed_on_site=removed, measure="当场更换")

    desk.hear("check_item.failed.v1", check_state(factory, point_level=level), item)

    (hazard,) = hazards_of(desk, factory)
    assert (hazard["status"], hazard["suspected_major"]) == (status, suspected)


def test_each_item_of_a_check_makes_one_hazard_however_often_it_is_told(desk: Desk, factory: Enterprise) -> None:
    state = check_state(factory)

    for number in (1, 2, 1, 2, 1):
        desk.hear("check_item.failed.v1", state, failed_item(item_no=number))

    assert sorted(h["item_no"] for h in hazards_of(desk, factory)) == [1, 2]


# Inspections


def words(of: Enterprise) -> tuple[str, list[Event]]:
    """An inspection: recorded, ordered with a later day, rechecked and failed, closed."""
    inspection_id, finding = ids.new_id(), a_finding(day(10))
    failed = {"finding_id": finding["finding_id"], "is_passed": False, "opinion": "未完成"}
    passed = failed | {"is_passed": True, "opinion": "已完成"}

    def order(deadline_on: str, **more: Any) -> dict[str, Any]:
        item = {"finding_id": finding["finding_id"], "deadline_on": deadline_on}
        return {"items": [item], "document_number": "（黔）应急责改〔2026〕1号"} | more

    def told(what: str, version: int, fact: dict[str, Any]) -> Event:
        return an_event(f"inspection.{what}.v1", inspection_state(of, version, inspection_id), fact, sequence=version)

    return finding["finding_id"], [
        told("recorded", 4, {"findings": [finding]}),
        told("ordered", 5, order(day(20))),
        told("ordered", 6, order(day(30), rechecked=[failed])),
        told("closed", 7, {"rechecked": [passed]}),
    ]


@pytest.mark.feature("HAZ-09")
def test_findings_are_hazards_in_rectification_and_the_order_sets_their_day(desk: Desk, factory: Enterprise) -> None:
    _, (recorded, ordered, *_) = words(factory)

    desk.deliver(recorded, ordered)

    (hazard,) = hazards_of(desk, factory)
    assert (hazard["status"], hazard["source"], hazard["found_by_name"]) == ("rectifying", "enforcement", "执法甲、执法乙")
    assert {hazard["deadline_on"], hazard["first_deadline_on"]} == {day(20)}
    submitted = desk(factory.responsible_person, "submit_rectification", **rectified(hazard["id"]))
    assert submitted["status"] == "pending_recheck"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_an_inspection_ends_alike_in_whatever_order_its_words_arrive(
    desk: Desk, factory: Enterprise, rows: Rows, order: tuple[int, ...]
) -> None:
    finding_id, events = words(factory)

    desk.deliver(*(events[place] for place in order), *events)

    found = rows("SELECT * FROM hazard WHERE finding_id = :id", id=finding_id)
    assert [(row["status"], row["inspection_version"]) for row in found] == [("closed", 7)]
    assert rows("SELECT 1 FROM inspection_waiting WHERE enterprise_id = :id", id=factory.id) == []
    assert of_hazard(rows, str(found[0]["id"]))[0] == "hazard.registered.v1"


def test_words_of_an_inspection_in_their_own_order_count_every_failed_recheck(desk: Desk, factory: Enterprise) -> None:
    _, events = words(factory)

    desk.deliver(*events[:3])

    (hazard,) = hazards_of(desk, factory)
    assert (hazard["attempts"], hazard["deadline_on"], hazard["approved_deadline_on"]) == (1, day(30), day(20))


@pytest.mark.feature("HAZ-13")
def test_a_major_finding_is_reported_by_the_record_and_owes_a_plan(desk: Desk, factory: Enterprise) -> None:
    finding = a_finding(day(60), hazard_class="major", criterion_code="GM-03-01")

    desk.hear("inspection.recorded.v1", inspection_state(factory, 4, ids.new_id()), {"findings": [finding]})

    (hazard,) = desk(official("520102"), "list_hazards", is_major=True, enterprise_id=factory.id)["items"]
    assert (hazard["status"], hazard["criterion_code"], hazard["deadline_on"]) == ("reported", "GM-03-01", day(60))
    assert desk(factory.principal, "start_plan", hazard_id=hazard["id"])["status"] == "planning"


# Enterprises


def test_hazards_follow_their_enterprise_and_an_old_word_does_not_bring_them_back(desk: Desk, factory: Enterprise) -> None:
    hazard = desk.rectifying(factory)
    moved = enterprise_state(factory.id, version=5, region="520103", industry="WH01")

    desk.hear("enterprise.region_changed.v1", moved, {"old_region": "520102"})
    desk.hear("enterprise.changed.v1", enterprise_state(factory.id, version=4))

    seen = desk(official("520103"), "show_hazard", hazard_id=hazard["id"])
    assert (seen["region"], seen["industry"], seen["number"]) == ("520103", "WH01", hazard["number"])
    assert desk(official("520102"), "list_hazards", enterprise_id=factory.id)["items"] == []
    assert len(desk(official("520103"), "list_hazard_history", hazard_id=hazard["id"])["items"]) == 2


def test_a_check_may_be_heard_before_its_enterprise(desk: Desk) -> None:
    unknown = Enterprise(ids.new_id(), "520102")
    desk.hear("check_item.failed.v1", check_state(unknown), failed_item())
    desk.hear("enterprise.approved.v1", enterprise_state(unknown.id, region="520115"))

    (hazard,) = hazards_of(desk, unknown)

    assert (hazard["region"], hazard["enterprise_name"]) == ("520115", "贵阳某厂")


def test_a_straggling_check_lies_where_the_enterprise_has_moved(desk: Desk, factory: Enterprise) -> None:
    desk.hear("enterprise.region_changed.v1", enterprise_state(factory.id, version=5, region="520103"), {"old_region": "520102"})

    desk.hear("check_item.failed.v1", check_state(factory), failed_item())

    assert [h["region"] for h in hazards_of(desk, factory)] == ["520103"]


def test_a_batch_of_announcements_is_taken_up_by_several_reactors_at_once(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    from concurrent.futures import ThreadPoolExecutor

    events = [an_event("check_item.failed.v1", check_state(factory), failed_item()) for _ in range(40)]
    store(desk.database, events)

    def work(_: int) -> None:
        while react(desk.database, SERVICE):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    work(0)

    numbers = [row["number"] for row in rows("SELECT number FROM hazard WHERE enterprise_id = :id", id=factory.id)]
    assert len(set(numbers)) == len(numbers) == 40


def test_the_system_itself_reads_what_it_made(desk: Desk, factory: Enterprise) -> None:
    desk.hear("check_item.failed.v1", check_state(factory), failed_item())

    assert desk(SYSTEM, "list_hazards", enterprise_id=factory.id)["items"]
