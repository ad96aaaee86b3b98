"""The loop of a general hazard from its report to its closing, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.hazard.service import SERVICE
from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.hazard.builders import (
    ASSIGNED,
    CRITERION,
    PHOTO,
    Desk,
    Enterprise,
    Rows,
    a_form,
    day,
    of_hazard,
    official,
    rectified,
)


@pytest.mark.feature("HAZ-01")
@pytest.mark.feature("HAZ-05")
def test_a_hazard_goes_from_report_to_closing_and_tells_of_every_step(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard = desk.pending_recheck(factory)

    closed = desk(factory.rechecker, "recheck_hazard", hazard_id=hazard["id"], is_passed=True, opinion="已整改到位")

    assert (closed["status"], closed["recheck_opinion"]) == ("closed", "已整改到位")
    assert of_hazard(rows, hazard["id"]) == [
        "hazard.registered.v1", "hazard.confirmed.v1", "hazard.rectification_submitted.v1", "hazard.closed.v1",
    ]  # fmt: skip
    history = desk(factory.checker, "list_hazard_history", hazard_id=hazard["id"])["items"]
    assert [(h["event"], h["to_status"]) for h in history] == [
        ("register", "registered"), ("confirm", "rectifying"), ("submit_rectification", "pending_recheck"),
        ("recheck_pass", "closed"),
    ]  # fmt: skip
    assert [h["from_status"] for h in history] == [None, "registered", "rectifying", "pending_recheck"]


def test_every_announcement_carries_the_whole_state_and_its_version(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard = desk.rectifying(factory)

    last = rows("SELECT type, data, region FROM outbox WHERE subject = :id ORDER BY position DESC LIMIT 1", id=hazard["id"])[0]

    state = SERVICE.events[last["type"]].load(last["data"])["state"]
    assert (state["version"], state["status"], state["enterprise_id"]) == (2, "rectifying", factory.id)
    assert last["region"] == "520102" and state["deadline_on"].isoformat() == day(7)


def test_a_failed_recheck_sends_it_round_again(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.pending_recheck(factory)["id"]
    desk(factory.rechecker, "recheck_hazard", hazard_id=hazard_id, is_passed=False, opinion="仍缺一段", deadline_on=day(3))

    desk(factory.responsible_person, "submit_rectification", **rectified(hazard_id))
    closed = desk(factory.rechecker, "recheck_hazard", hazard_id=hazard_id, is_passed=True, opinion="合格")

    assert (closed["status"], closed["attempts"], closed["approved_deadline_on"]) == ("closed", 1, day(7))


@pytest.mark.feature("HAZ-08")
def test_the_rectifier_cannot_recheck(desk: Desk, factory: Enterprise) -> None:
    both = factory.person("responsible_person", "rechecker", "enterprise_admin")
    hazard_id = desk.rectifying(factory)["id"]
    desk(both, "submit_rectification", **rectified(hazard_id))

    with pytest.raises(Forbidden) as refusal:
        desk(both, "recheck_hazard", hazard_id=hazard_id, is_passed=True, opinion="合格")

    assert refusal.value.code == "hazard.own_submission"


@pytest.mark.feature("HAZ-06")
def test_a_returned_hazard_goes_back_to_its_reporter_who_corrects_it(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.registered(factory)["id"]
    desk(factory.safety_manager, "return_hazard", hazard_id=hazard_id, reason="地点不清")

    revised = desk(factory.checker, "revise_hazard", hazard_id=hazard_id, **a_form(place="一车间二号平台"))
    again = desk(factory.checker, "resubmit_hazard", hazard_id=hazard_id)

    assert (revised["place"], revised["return_reason"], again["status"]) == ("一车间二号平台", "地点不清", "registered")


@pytest.mark.feature("HAZ-24")
def test_an_extension_is_asked_and_granted(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.rectifying(factory)["id"]
    asked = {"hazard_id": hazard_id, "reason": "备件未到", "interim_measures": "专人值守"}
    pending = desk(factory.responsible_person, "request_extension", to_on=day(12), **asked)

    granted = desk(factory.safety_manager, "decide_extension", hazard_id=hazard_id, is_approved=True)

    assert pending["extension"]["to_on"] == day(12) and granted["extension"] is None
    assert (granted["deadline_on"], granted["first_deadline_on"], granted["extensions"]) == (day(12), day(7), 1)
    with pytest.raises(Invalid):
        desk(factory.responsible_person, "request_extension", to_on=day(15), **asked)


def test_a_hazard_removed_on_site_is_closed_at_once(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard = desk.registered(factory, hazard_class="general_on_site", measure_taken="当场清理油污")

    assert (hazard["status"], hazard["is_overdue"], hazard["deadline_on"]) == ("closed_on_site", False, None)
    assert of_hazard(rows, hazard["id"]) == ["hazard.registered.v1", "hazard.closed.v1"]


@pytest.mark.parametrize("level", ["red", "orange", "yellow"])
def test_what_shows_at_a_red_or_orange_point_is_suspected_to_be_major(desk: Desk, factory: Enterprise, level: str) -> None:
    point = {
        "id": ids.new_id(), "enterprise_id": factory.id, "region": "520102", "industry": "GM01", "version": 2,
        "unit_id": ids.new_id(),
        "number": "FX1", "name": "煤气柜", "object_type": "equipment", "status": "active", "level": level, "control_tier": "team",
        "method": "LEC", "value": 90,
    }  # fmt: skip
    desk.hear("risk_point.published.v1", point)

    hazard = desk.registered(factory, point_id=point["id"])

    assert (hazard["point_name"], hazard["unit_id"]) == ("煤气柜", point["unit_id"])
    assert hazard["suspected_major"] is (level != "yellow")


@pytest.mark.feature("HAZ-34")
def test_a_checker_who_chooses_a_criterion_raises_a_suspicion_and_the_safety_manager_decides(
    desk: Desk, factory: Enterprise
) -> None:
    hazard = desk.registered(factory, criterion_code=CRITERION)
    assert (hazard["hazard_class"], hazard["suspected_major"]) == ("general_limited", True)
    with pytest.raises(Invalid) as refusal:
        desk(factory.safety_manager, "confirm_hazard", hazard_id=hazard["id"], **ASSIGNED)
    assert refusal.value.code == "hazard.class_undecided"

    upgraded = desk(factory.safety_manager, "upgrade_hazard", hazard_id=hazard["id"], criterion_code=CRITERION)

    assert (upgraded["hazard_class"], upgraded["status"], upgraded["next_events"][0]) == ("major", "registered", "cancel")


@pytest.mark.parametrize("code", ["GM-99-99", "FM-01-01"])
def test_an_unknown_criterion_and_a_heading_are_refused(desk: Desk, factory: Enterprise, code: str) -> None:
    with pytest.raises(Invalid):
        desk.registered(factory, factory.safety_manager, criterion_code=code)


# Numbers, repeats, races


def test_numbers_run_without_gaps_in_county_and_year(desk: Desk) -> None:
    county = "520181"
    mine, yours = desk.enterprise(county), desk.enterprise(county)
    with pytest.raises(Invalid):
        desk.registered(mine, deadline_on=day(-1))

    numbers = [desk.registered(each)["number"] for each in (mine, yours, mine)]

    stamp = day(0).replace("-", "")
    assert numbers == [f"YH{county}{stamp}{n:05d}" for n in (1, 2, 3)]


def test_a_repeated_registration_is_refused_and_a_repeated_key_answers_the_same(desk: Desk, factory: Enterprise) -> None:
    form = a_form(id=ids.new_id())
    first = SERVICE.call(desk.database, "register_hazard", form, factory.checker, "key-of-phone-1")

    again = SERVICE.call(desk.database, "register_hazard", form, factory.checker, "key-of-phone-1")

    assert again == first
    with pytest.raises(Conflict) as refusal:
        desk(factory.checker, "register_hazard", **form)
    assert refusal.value.code == "hazard.already_registered"


def test_who_decides_on_an_older_version_is_refused(desk: Desk, factory: Enterprise) -> None:
    hazard = desk.registered(factory)
    desk(factory.safety_manager, "return_hazard", hazard_id=hazard["id"], reason="不清", version=hazard["version"])

    with pytest.raises(Conflict) as refusal:
        desk(factory.checker, "resubmit_hazard", hazard_id=hazard["id"], version=hazard["version"])

    assert refusal.value.code == "version.stale"


def test_of_two_who_confirm_at_once_one_is_refused(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard = desk.registered(factory)
    args: dict[str, Any] = {"hazard_id": hazard["id"], "version": hazard["version"], **ASSIGNED}

    def confirm(_: int) -> str:
        try:
            return str(desk(factory.safety_manager, "confirm_hazard", **args)["status"])
        except Conflict as refusal:
            return refusal.code

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(confirm, range(6)))

    assert sorted(results) == ["rectifying"] + ["version.stale"] * 5
    assert of_hazard(rows, hazard["id"]) == ["hazard.registered.v1", "hazard.confirmed.v1"]


def test_registrations_of_one_county_at_once_get_one_number_each(desk: Desk) -> None:
    county = "520222"
    enterprises = [desk.enterprise(county) for _ in range(4)]

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: desk.registered(enterprises[n % 4])["number"][-5:], range(24)))

    assert sorted(numbers) == [f"{n:05d}" for n in range(1, 25)]


# What is refused


@pytest.mark.parametrize("status", ["pending", "rejected", "deleted", "closed"])
def test_hazards_are_registered_at_approved_enterprises_alone(desk: Desk, status: str) -> None:
    with pytest.raises(Conflict):
        desk.registered(desk.enterprise(status=status))


def test_an_authority_registers_what_it_found_and_rechecks_it_itself(desk: Desk, factory: Enterprise) -> None:
    county = official("520102")
    form = a_form(enterprise_id=factory.id, source="superior")
    hazard_id = desk(county, "register_hazard", **form)["id"]
    desk(factory.safety_manager, "confirm_hazard", hazard_id=hazard_id, **ASSIGNED)
    desk(factory.responsible_person, "submit_rectification", **rectified(hazard_id))

    with pytest.raises(Forbidden):
        desk(factory.rechecker, "recheck_hazard", hazard_id=hazard_id, is_passed=True, opinion="合格")
    assert desk(county, "recheck_hazard", hazard_id=hazard_id, is_passed=True, opinion="合格")["status"] == "closed"
    with pytest.raises(Invalid):
        desk(county, "register_hazard", **form | {"source": "self_check"})
    with pytest.raises(NotFound):
        desk(official("520103"), "register_hazard", **form)


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": "漏\0油"}, {"description": "x" * 1001}, {"place": ""}, {"photos": [PHOTO] * 10}, {"photos": ["不是编号"]},
        {"hazard_class": "huge"}, {"source": "enforcement"}, {"nothing": 1}, {"found_at": "昨天"}, {"deadline_on": "2026-02-30"},
        {"longitude": 300}, {"budget": "-1"},
    ],
)  # fmt: skip
def test_wrong_content_is_refused_and_nothing_kept(desk: Desk, factory: Enterprise, rows: Rows, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        desk.registered(factory, **wrong)

    assert rows("SELECT 1 FROM hazard WHERE enterprise_id = :id", id=factory.id) == []


def test_a_person_is_assigned_and_alone_submits(desk: Desk, factory: Enterprise) -> None:
    person, other = factory.person("responsible_person"), factory.person("responsible_person")
    hazard_id = desk.rectifying(factory)["id"]
    desk(factory.safety_manager, "assign_hazard", hazard_id=hazard_id, **ASSIGNED, responsible_id=person.id)

    with pytest.raises(NotFound):
        desk(other, "submit_rectification", **rectified(hazard_id))
    assert desk(person, "submit_rectification", **rectified(hazard_id))["rectified_by_name"] == person.name


def test_an_authority_urges_and_the_enterprise_reads_it(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.rectifying(factory)["id"]

    desk(official("520102"), "comment_hazard", hazard_id=hazard_id, comment="请加快整改")

    history = desk(factory.checker, "list_hazard_history", hazard_id=hazard_id)["items"]
    assert (history[-1]["event"], history[-1]["reason"]) == ("comment", "请加快整改")


def test_each_command_leaves_one_audit_row(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard = desk.rectifying(factory)

    found = rows("SELECT operation, changes FROM audit WHERE enterprise_id = :id ORDER BY id", id=factory.id)

    assert [row["operation"] for row in found] == ["hazard.register_hazard", "hazard.confirm_hazard"]
    assert found[1]["changes"][f"Hazard:{hazard['id']}"]["status"] == ["registered", "rectifying"]
