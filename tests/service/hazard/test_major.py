"""Major hazards and their listing for supervision, from registration to being struck off, on the real database."""

from typing import Any

import pytest

from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.hazard.builders import REPORT, Desk, Enterprise, Rows, a_plan, day, of_hazard, official

LISTED = {"is_listed": True, "duty_unit": "贵阳某厂", "duty_person": "李", "requirement": "按期治理"}


@pytest.mark.feature("HAZ-04")
@pytest.mark.feature("HAZ-25")
def test_a_major_hazard_is_reported_planned_governed_assessed_and_struck_off(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    hazard = desk.accepted_by_expert(factory)
    assert (hazard["status"], hazard["progress"], hazard["plan"]["budget"]) == ("acceptance", 100, "50000.50")
    assert hazard["first_deadline_on"] == hazard["plan"]["finish_on"] == day(30)
    assert hazard["progress_due_on"] == day(7)

    closed = desk(official("520102"), "close_major", hazard_id=hazard["id"], is_accepted=True, opinion="现场验收合格")

    assert (closed["status"], closed["assessment"]["assessed_by_name"]) == ("closed", "expert")
    assert [t for t in of_hazard(rows, hazard["id"]) if t != "hazard.changed.v1"] == [
        "hazard.registered.v1", "hazard.reported.v1", "hazard.plan_approved.v1", "hazard.closed.v1",
    ]  # fmt: skip


@pytest.mark.feature("HAZ-13")
def test_a_major_hazard_stands_in_the_governments_list_before_its_report(desk: Desk, factory: Enterprise) -> None:
    hazard = desk.major(factory)

    (item,) = desk(official("520102"), "list_hazards", is_major=True, enterprise_id=factory.id)["items"]

    assert (item["id"], item["status"]) == (hazard["id"], "registered")


@pytest.mark.feature("HAZ-25")
def test_closing_without_assessment_is_refused(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.planned(factory)["id"]

    with pytest.raises(Conflict):
        desk(official("520102"), "close_major", hazard_id=hazard_id, is_accepted=True, opinion="合格")


def test_an_incomplete_plan_names_everything_that_is_missing(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.major(factory)["id"]
    desk(factory.safety_manager, "report_major", hazard_id=hazard_id, **REPORT)
    desk(factory.principal, "start_plan", hazard_id=hazard_id)

    with pytest.raises(Invalid) as refusal:
        desk(factory.safety_manager, "submit_plan", hazard_id=hazard_id, **a_plan(budget=None, emergency=""))

    assert refusal.value.details == {"budget": "必填", "emergency": "必填"}


def test_a_regulator_does_not_approve_the_enterprises_own_plan_and_the_principal_may_return_it(
    desk: Desk, factory: Enterprise
) -> None:
    hazard_id = desk.planned(factory)["id"]

    with pytest.raises(Forbidden):
        desk(official("520102"), "decide_plan", hazard_id=hazard_id, is_approved=True)
    with pytest.raises(Invalid):
        desk(factory.principal, "decide_plan", hazard_id=hazard_id, is_approved=False)
    returned = desk(factory.principal, "decide_plan", hazard_id=hazard_id, is_approved=False, opinion="资金未落实")
    assert returned["status"] == "planning"


def test_the_principal_asks_for_more_time_and_a_regulator_grants_it(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.planned(factory)["id"]
    desk(factory.principal, "decide_plan", hazard_id=hazard_id, is_approved=True)
    asked = {"hazard_id": hazard_id, "to_on": day(50), "reason": "备件未到", "interim_measures": "停用", "plan": "顺延"}

    with pytest.raises(Forbidden):
        desk(factory.responsible_person, "request_extension", **asked)
    desk(factory.principal, "request_extension", **asked)
    with pytest.raises(Forbidden):
        desk(factory.safety_manager, "decide_extension", hazard_id=hazard_id, is_approved=True)
    granted = desk(official("520102"), "decide_extension", hazard_id=hazard_id, is_approved=True)

    assert (granted["deadline_on"], granted["status"]) == (day(50), "rectifying")


def test_a_downgraded_hazard_goes_on_as_a_general_one(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    major = desk.major(factory)

    desk(official("520102"), "downgrade_hazard", hazard_id=major["id"], reason="不符合判定条款")

    (general,) = desk(factory.safety_manager, "list_hazards", hazard_class="general_limited")["items"]
    assert (general["origin_id"], general["found_at"], general["status"]) == (major["id"], major["found_at"], "registered")
    assert of_hazard(rows, major["id"])[-1] == "hazard.downgraded.v1"
    assert of_hazard(rows, general["id"]) == ["hazard.registered.v1"]


def test_a_misjudged_hazard_is_cancelled_by_a_regulator_alone(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.major(factory)["id"]

    with pytest.raises(Forbidden):
        desk(factory.safety_manager, "cancel_hazard", hazard_id=hazard_id, reason="误判")
    assert desk(official("520102"), "cancel_hazard", hazard_id=hazard_id, reason="误判")["status"] == "cancelled"


# Listing for supervision


def proposed(desk: Desk, hazard_id: str, region: str = "520102", **values: Any) -> dict[str, Any]:
    return dict(desk(official(region), "propose_listing", hazard_id=hazard_id, reason="未能立即消除", **values))


def listed(desk: Desk, hazard_id: str) -> dict[str, Any]:
    leader = official("520102", "regulator_leader")
    listing_id = proposed(desk, hazard_id)["id"]
    return dict(desk(leader, "decide_listing", listing_id=listing_id, deadline_on=day(40), **LISTED))


@pytest.mark.feature("HAZ-16")
@pytest.mark.feature("HAZ-17")
def test_a_listed_hazard_is_lifted_before_it_is_struck_off(desk: Desk, factory: Enterprise, rows: Rows) -> None:
    leader, county = official("520102", "regulator_leader"), official("520102")
    hazard_id = desk.planned(factory)["id"]
    listing = listed(desk, hazard_id)
    assert listing["document_number"].endswith("1号") and "安督〔" in listing["document_number"]
    with pytest.raises(Conflict):
        desk(factory.principal, "apply_lifting", listing_id=listing["id"], statement="尚未完成")

    desk(county, "decide_plan", hazard_id=hazard_id, is_approved=True)
    desk.governed(factory, hazard_id)
    with pytest.raises(Conflict) as refusal:
        desk(county, "close_major", hazard_id=hazard_id, is_accepted=True, opinion="合格")
    assert refusal.value.code == "hazard.listed"

    desk(factory.principal, "apply_lifting", listing_id=listing["id"], statement="治理完成，申请摘牌")
    assert [x["id"] for x in desk(leader, "list_supervision_listings", status="lift_applied")["items"]] == [listing["id"]]
    lifting = {"listing_id": listing["id"], "is_lifted": True, "opinion": "验收合格", "accepted_on": day(0)}
    assert desk(leader, "show_supervision_listing", listing_id=listing["id"])["allowed"] == ["decide_lifting"]
    lifted = desk(leader, "decide_lifting", **lifting)
    closed = desk(county, "close_major", hazard_id=hazard_id, is_accepted=True, opinion="合格")

    assert (lifted["status"], closed["status"], closed["listed"]) == ("lifted", "closed", False)
    assert of_hazard(rows, listing["id"]) == ["supervision.listed.v1", "supervision.lifted.v1"]
    events = [h["event"] for h in desk(county, "list_hazard_history", hazard_id=hazard_id, limit=100)["items"]]
    assert [e for e in events if e.startswith("supervision")] == [
        "supervision_propose", "supervision_list", "supervision_apply_lift", "supervision_lift",
    ]  # fmt: skip


def test_a_hazard_is_listed_once_at_a_time_and_numbers_run_by_authority(desk: Desk, factory: Enterprise) -> None:
    first, second = (desk.major(factory)["id"] for _ in range(2))
    numbers = [int(listed(desk, hazard_id)["document_number"].split("〕")[1][:-1]) for hazard_id in (first, second)]

    assert numbers[1] == numbers[0] + 1
    with pytest.raises(Conflict) as refusal:
        proposed(desk, first)
    assert refusal.value.code == "listing.open_exists"


def test_only_the_level_named_decides_and_never_who_proposed(desk: Desk, factory: Enterprise) -> None:
    listing_id = proposed(desk, desk.major(factory)["id"], level="prefecture")["id"]
    decision = {"listing_id": listing_id, "deadline_on": day(40), **LISTED}

    with pytest.raises(Forbidden):
        desk(official("520102", "regulator_leader"), "decide_listing", **decision)
    with pytest.raises(NotFound):
        desk(official("520300", "regulator_leader"), "decide_listing", **decision)
    assert desk(official("520100", "regulator_leader"), "decide_listing", **decision)["status"] == "listed"


def test_a_general_or_ended_hazard_is_not_listed(desk: Desk, factory: Enterprise) -> None:
    with pytest.raises(Conflict):
        proposed(desk, desk.registered(factory)["id"])


def test_the_log_of_a_supervision_stands_in_the_history(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.major(factory)["id"]
    listing = listed(desk, hazard_id)
    assert listing["log_due_on"] == day(15) and not listing["is_log_due"]

    desk(official("520102"), "log_supervision", listing_id=listing["id"], text="现场督查一次")

    last = desk(factory.principal, "list_hazard_history", hazard_id=hazard_id, limit=100)["items"][-1]
    assert (last["event"], last["reason"]) == ("supervision_log", "现场督查一次")


def test_the_deadline_of_a_supervision_is_extended_by_its_authority(desk: Desk, factory: Enterprise) -> None:
    listing = listed(desk, desk.major(factory)["id"])
    leader = official("520102", "regulator_leader")

    desk(factory.principal, "request_listing_extension", listing_id=listing["id"], to_on=day(60), reason="备件未到")
    extended = desk(leader, "decide_listing_extension", listing_id=listing["id"], is_approved=True)

    assert (extended["status"], extended["deadline_on"]) == ("listed", day(60))


def test_a_refused_proposal_may_be_made_again(desk: Desk, factory: Enterprise) -> None:
    hazard_id = desk.major(factory)["id"]
    leader = official("520102", "regulator_leader")
    listing_id = proposed(desk, hazard_id)["id"]

    with pytest.raises(Invalid):
        desk(leader, "decide_listing", listing_id=listing_id, is_listed=False)
    desk(leader, "decide_listing", listing_id=listing_id, is_listed=False, opinion="可自行整改")

    assert proposed(desk, hazard_id)["status"] == "proposed"
