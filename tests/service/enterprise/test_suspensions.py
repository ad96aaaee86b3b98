"""Stops and resumptions, on the real database."""

from typing import Any

import pytest

from services.kernel import ids
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.enterprise.builders import Desk, Rows, a_reviewer

STOP = {
    "kind": "stop", "stop_kind": "seasonal", "reason": "枯水期", "from_on": "2026-12-01", "expected_to_on": "2027-02-28",
    "duty_arrangement": "每日两人值守", "are_dangers_sealed": True,
}  # fmt: skip


def a_resumption(**values: Any) -> dict[str, Any]:
    return {"kind": "resume", "from_on": "2027-03-01", "self_check_report": [ids.new_id()]} | values


def asked(desk: Desk, enterprise_id: str, admin: Caller, **values: Any) -> str:
    """A submitted request; its id."""
    request = desk(admin, "request_suspension", enterprise_id=enterprise_id, **values)
    desk(admin, "submit_suspension", suspension_id=request["id"])
    return str(request["id"])


def stopped(desk: Desk, stop_kind: str = "seasonal", **values: Any) -> tuple[str, Caller]:
    """An enterprise whose stop has been granted."""
    enterprise_id, admin = desk.approved(**values)
    request_id = asked(desk, enterprise_id, admin, **STOP | {"stop_kind": stop_kind})
    desk(a_reviewer("520102"), "review_suspension", suspension_id=request_id, decision="approve")
    return enterprise_id, admin


def test_a_granted_stop_suspends_from_its_day_and_a_granted_resumption_ends_it(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = stopped(desk)
    assert desk(admin, "show_enterprise", enterprise_id=enterprise_id)["suspended_from"] == "2026-12-01"
    request_id = asked(desk, enterprise_id, admin, **a_resumption())

    desk(a_reviewer("520102"), "review_suspension", suspension_id=request_id, decision="approve")

    assert desk(admin, "show_enterprise", enterprise_id=enterprise_id)["status"] == "active"
    found = rows("SELECT type, data FROM outbox WHERE subject = :id ORDER BY position DESC LIMIT 2", id=enterprise_id)
    assert [(row["type"], row["data"]["fact"]["effective_on"]) for row in reversed(found)] == [
        ("enterprise.suspended.v1", "2026-12-01"), ("enterprise.resumed.v1", "2027-03-01"),
    ]  # fmt: skip
    assert found[1]["data"]["state"]["suspended_from"] == "2026-12-01"


@pytest.mark.feature("ENT-17")
def test_resuming_after_an_ordered_stop_without_an_acceptance_record_is_refused(desk: Desk) -> None:
    enterprise_id, admin = stopped(desk, stop_kind="ordered")
    request_id = asked(desk, enterprise_id, admin, **a_resumption())
    reviewer = a_reviewer("520102")

    with pytest.raises(Invalid) as refusal:
        desk(reviewer, "review_suspension", suspension_id=request_id, decision="approve")
    assert refusal.value.code == "suspension.no_acceptance"

    record = {"acceptance_record": [ids.new_id()], "accepted_on": "2027-02-27"}
    assert desk(reviewer, "review_suspension", suspension_id=request_id, decision="approve", **record)["status"] == "approved"


def test_an_incomplete_stop_is_refused_at_submission(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    request = desk(admin, "request_suspension", enterprise_id=enterprise_id, kind="stop")

    with pytest.raises(Invalid):
        desk(admin, "submit_suspension", suspension_id=request["id"])


def test_a_request_is_withdrawn_before_its_review(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    request_id = asked(desk, enterprise_id, admin, **STOP)

    assert desk(admin, "withdraw_suspension", suspension_id=request_id)["status"] == "cancelled"
    with pytest.raises(Conflict):
        desk(a_reviewer("520102"), "review_suspension", suspension_id=request_id, decision="approve")


def test_a_draft_is_written_anew_until_it_is_handed_in(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    draft = desk(admin, "request_suspension", enterprise_id=enterprise_id, **STOP)
    wanted = STOP | {"reason": "设备大修", "stop_kind": "maintenance"}

    edited = desk(admin, "edit_suspension", suspension_id=draft["id"], version=draft["version"], **wanted)

    assert {name: edited[name] for name in wanted} == wanted and edited["status"] == "draft"
    with pytest.raises(Conflict, match=r"version\.stale"):
        desk(admin, "edit_suspension", suspension_id=draft["id"], version=draft["version"], **STOP)
    audit = rows(
        "SELECT changes FROM audit WHERE enterprise_id = :id AND operation = 'enterprise.edit_suspension'", id=enterprise_id
    )
    assert ["设备大修" in str(row["changes"]) and "枯水期" in str(row["changes"]) for row in audit] == [True]
    desk(admin, "submit_suspension", suspension_id=draft["id"])
    with pytest.raises(Conflict, match=r"suspension\.locked"):
        desk(admin, "edit_suspension", suspension_id=draft["id"], **STOP)


def test_a_dropped_draft_stays_with_its_enterprise(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    draft = desk(admin, "request_suspension", enterprise_id=enterprise_id, **STOP)

    assert desk(admin, "withdraw_suspension", suspension_id=draft["id"])["status"] == "cancelled"

    reviewer = a_reviewer("520102")
    assert desk(reviewer, "list_suspensions", enterprise_id=enterprise_id)["items"] == []
    with pytest.raises(NotFound):
        desk(reviewer, "show_suspension", suspension_id=draft["id"])
    with pytest.raises(Conflict):
        desk(admin, "submit_suspension", suspension_id=draft["id"])
    asked(desk, enterprise_id, admin, **STOP)


@pytest.mark.parametrize("operation", ["edit_suspension", "withdraw_suspension"])
def test_nobody_else_touches_a_draft(desk: Desk, operation: str) -> None:
    enterprise_id, admin = desk.approved()
    _, other = desk.approved()
    draft = desk(admin, "request_suspension", enterprise_id=enterprise_id, **STOP)
    given = STOP if operation == "edit_suspension" else {}

    with pytest.raises(NotFound):
        desk(other, operation, suspension_id=draft["id"], **given)
    with pytest.raises(Forbidden):
        desk(a_reviewer("520102"), operation, suspension_id=draft["id"], **given)

    assert desk(admin, "show_suspension", suspension_id=draft["id"])["reason"] == STOP["reason"]


def test_one_request_waits_at_a_time(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    asked(desk, enterprise_id, admin, **STOP)

    with pytest.raises(Conflict) as refusal:
        asked(desk, enterprise_id, admin, **STOP)

    assert refusal.value.code == "suspension.pending_exists"


def test_superiors_see_strangers_do_not_and_neither_decides(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    request_id = asked(desk, enterprise_id, admin, **STOP)

    assert desk(a_reviewer("520100"), "show_suspension", suspension_id=request_id)["status"] == "pending"
    with pytest.raises(Forbidden):
        desk(a_reviewer("520100"), "review_suspension", suspension_id=request_id, decision="approve")
    with pytest.raises(NotFound):
        desk(a_reviewer("520103"), "review_suspension", suspension_id=request_id, decision="approve")


def test_drafts_are_the_enterprises_alone(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    request = desk(admin, "request_suspension", enterprise_id=enterprise_id, **STOP)
    reviewer = a_reviewer("520102")

    assert [r["id"] for r in desk(admin, "list_suspensions")["items"]] == [request["id"]]
    assert desk(reviewer, "list_suspensions", enterprise_id=enterprise_id)["items"] == []
    with pytest.raises(NotFound):
        desk(reviewer, "show_suspension", suspension_id=request["id"])


def test_a_decision_leaves_one_audit_row_with_request_and_enterprise(desk: Desk, rows: Rows) -> None:
    enterprise_id, _ = stopped(desk)

    sql = "SELECT changes FROM audit WHERE enterprise_id = :id AND operation = 'enterprise.review_suspension'"
    found = rows(sql, id=enterprise_id)

    assert len(found) == 1
    changed = {key.partition(":")[0]: change for key, change in found[0]["changes"].items()}
    assert changed["SuspensionRequest"]["status"] == ["pending", "approved"]
    assert changed["Enterprise"]["status"] == ["active", "suspended"]


@pytest.mark.parametrize(("stop_kind", "is_needed"), [("ordered", True), ("seasonal", False)])
def test_the_reviewer_is_told_whether_an_acceptance_comes_first(desk: Desk, stop_kind: str, is_needed: bool) -> None:
    enterprise_id, admin = stopped(desk, stop_kind=stop_kind)
    request_id = asked(desk, enterprise_id, admin, **a_resumption())

    listed = desk(a_reviewer("520102"), "list_suspensions", enterprise_id=enterprise_id, status="pending")["items"]
    above = desk(a_reviewer("520100"), "show_suspension", suspension_id=request_id)

    assert [(one["may_decide"], one["needs_acceptance"]) for one in listed] == [(True, is_needed)]
    assert (above["may_decide"], above["needs_acceptance"]) == (False, is_needed)
