"""What reviewers decide, transfer and see, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from services.kernel import clock, ids
from services.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from tests.service.enterprise.builders import Desk, Rows, a_reviewer, events_of


@pytest.mark.feature("ENT-09")
def test_a_foreign_reviewer_is_answered_as_for_an_id_that_does_not_exist(desk: Desk) -> None:
    enterprise_id, _ = desk.submitted()
    stranger = a_reviewer("520103")

    refusals = []
    for wanted in (enterprise_id, ids.new_id()):
        with pytest.raises(NotFound) as refusal:
            desk(stranger, "review_enterprise", enterprise_id=wanted, decision="approve")
        refusals.append(refusal.value.args)

    assert refusals[0] == refusals[1]


def test_a_superior_sees_and_decides_only_after_a_transfer(desk: Desk, rows: Rows) -> None:
    enterprise_id, _ = desk.submitted()
    superior = a_reviewer("520100")
    assert desk(superior, "show_enterprise", enterprise_id=enterprise_id)["status"] == "pending"
    with pytest.raises(Forbidden):
        desk(superior, "review_enterprise", enterprise_id=enterprise_id, decision="approve")

    to = {"authority_region": "520100", "authority_sector": "emergency", "reason": "跨县经营"}
    desk(a_reviewer("520102"), "transfer_review", enterprise_id=enterprise_id, **to)

    with pytest.raises(Forbidden):
        desk(a_reviewer("520102"), "review_enterprise", enterprise_id=enterprise_id, decision="approve")
    assert desk(superior, "review_enterprise", enterprise_id=enterprise_id, decision="approve")["status"] == "active"
    history = desk(superior, "list_enterprise_history", enterprise_id=enterprise_id)["items"]
    assert [step["event"] for step in history] == ["approve", "transfer", "submit", "draft"]


def test_construction_companies_are_reviewed_by_the_housing_authority(desk: Desk) -> None:
    enterprise_id, _ = desk.submitted(industry="JZ01", enterprise_type="SG")

    with pytest.raises(Forbidden):
        desk(a_reviewer("520102"), "review_enterprise", enterprise_id=enterprise_id, decision="approve")
    housing = a_reviewer("520102", industries=("JZ",))
    assert desk(housing, "review_enterprise", enterprise_id=enterprise_id, decision="approve")["status"] == "active"


@pytest.mark.feature("ENT-10")
def test_a_rejected_application_comes_back_with_one_round_more(desk: Desk, rows: Rows) -> None:
    enterprise_id, applicant = desk.submitted()
    reviewer = a_reviewer("520102")
    desk(reviewer, "review_enterprise", enterprise_id=enterprise_id, decision="reject", opinion="地址不详")
    seen = desk(applicant, "show_registration", enterprise_id=enterprise_id)
    assert (seen["status"], seen["opinion"]) == ("rejected", "地址不详")
    rejected = desk(reviewer, "list_rejected_enterprises", q=seen["name"])["items"]
    assert [(item["opinion"], item["decided_by_name"]) for item in rejected] == [("地址不详", "审核员")]

    with pytest.raises(Conflict):
        desk(applicant, "submit_registration", enterprise_id=enterprise_id)
    desk(applicant, "edit_registration", enterprise_id=enterprise_id, operating_address="花果园大街9号2栋")
    desk(applicant, "submit_registration", enterprise_id=enterprise_id)

    again = desk(reviewer, "list_reviews", q=seen["name"])["items"]
    assert [(item["id"], item["round"]) for item in again] == [(enterprise_id, 2)]
    assert desk(reviewer, "list_rejected_enterprises", q=seen["name"])["items"] == []


def test_what_happened_is_announced_with_the_whole_state_and_no_telephone(desk: Desk, rows: Rows) -> None:
    enterprise_id, _ = desk.submitted()
    reviewer = a_reviewer("520102")
    desk(reviewer, "review_enterprise", enterprise_id=enterprise_id, decision="approve", opinion="材料齐全")

    registered, approved = events_of(rows, enterprise_id)

    assert (registered["type"], approved["type"]) == ("enterprise.registered.v1", "enterprise.approved.v1")
    state = approved["data"]["state"]
    assert approved["data"]["fact"] == {"opinion": "材料齐全"}
    assert (state["status"], state["version"], state["region"], state["round"]) == ("active", 3, "520102", 1)
    assert state["enterprise_id"] == state["id"] == enterprise_id and state["approved_at"] is not None
    assert "139850" not in str(registered) + str(approved)


def test_approval_begins_the_organisation_with_a_root_unit(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()

    tree = desk(admin, "show_org_tree", enterprise_id=enterprise_id)["items"]

    assert [(unit["tier"], unit["parent_id"], unit["path"]) for unit in tree] == [("enterprise", None, [tree[0]["id"]])]


def test_two_reviewers_at_once_make_one_decision(desk: Desk, rows: Rows) -> None:
    enterprise_id, _ = desk.submitted()

    def decide(decision: str) -> str:
        try:
            return str(
                desk(a_reviewer("520102"), "review_enterprise", enterprise_id=enterprise_id, decision=decision, opinion="意见")[
                    "status"
                ]
            )
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(decide, ("approve", "reject")))

    assert found.count("enterprise.illegal_move") == 1 and {"active", "rejected"} & set(found)
    assert len(events_of(rows, enterprise_id)) == 2


def test_a_stale_version_is_refused(desk: Desk) -> None:
    enterprise_id, _ = desk.submitted()

    with pytest.raises(Conflict) as refusal:
        desk(a_reviewer("520102"), "review_enterprise", enterprise_id=enterprise_id, decision="approve", version=1)

    assert refusal.value.code == "version.stale"


def test_each_command_leaves_exactly_one_audit_row(desk: Desk, rows: Rows) -> None:
    enterprise_id, applicant = desk.submitted()
    reviewer = a_reviewer("520102")
    desk(reviewer, "review_enterprise", enterprise_id=enterprise_id, decision="approve")

    sql = "SELECT operation, result, actor, changes FROM audit WHERE enterprise_id = :id ORDER BY id"
    found = rows(sql, id=enterprise_id)

    wanted = ["enterprise.register_enterprise", "enterprise.submit_registration", "enterprise.review_enterprise"]
    assert [row["operation"] for row in found] == wanted
    assert [row["actor"] for row in found] == [applicant.id, applicant.id, reviewer.id]
    assert found[2]["changes"][f"Enterprise:{enterprise_id}"]["status"] == ["pending", "active"]


def test_a_review_is_late_after_five_working_days_and_still_decided(desk: Desk) -> None:
    with clock.simulate(datetime(2026, 3, 9, 1, 0, tzinfo=UTC)):  # A Monday; due on the next.
        enterprise_id, _ = desk.submitted()
    reviewer = a_reviewer("520102")
    name = desk(reviewer, "show_enterprise", enterprise_id=enterprise_id)["name"]

    for day, is_late in ((16, False), (17, True)):
        with clock.simulate(datetime(2026, 3, day, 3, 0, tzinfo=UTC)):
            item = desk(reviewer, "list_reviews", q=name)["items"][0]
            assert (item["review_due_on"], item["is_late"]) == ("2026-03-16", is_late)
            assert len(desk(a_reviewer("520100"), "list_reviews", q=name, is_late=True)["items"]) == is_late

    with clock.simulate(datetime(2026, 3, 30, tzinfo=UTC)):
        assert desk(reviewer, "review_enterprise", enterprise_id=enterprise_id, decision="approve")["status"] == "active"
