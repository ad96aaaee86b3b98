"""Ordinary fields at once, key fields by review; what moves with an enterprise, on the real database."""

from typing import Any

import pytest

from services.enterprise.domain.review_term import due_day
from services.enterprise.workdays import is_workday
from services.kernel import clock, ids
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.service.enterprise.builders import Desk, Rows, a_name, a_reviewer


def asked(desk: Desk, enterprise_id: str, admin: Caller, **changes: Any) -> str:
    """A submitted change; its id."""
    change = desk(admin, "request_change", enterprise_id=enterprise_id, changes=changes, reason="变更")
    desk(admin, "submit_change", change_id=change["id"])
    return str(change["id"])


@pytest.mark.feature("ENT-05")
def test_a_changed_telephone_holds_at_once_and_a_changed_industry_after_approval(desk: Desk) -> None:
    enterprise_id, admin = desk.approved(industry="GM01")
    desk(admin, "update_enterprise", enterprise_id=enterprise_id, principal_phone="13600001111")
    change_id = asked(desk, enterprise_id, admin, industry="GM02")

    before = desk(admin, "show_enterprise", enterprise_id=enterprise_id)
    desk(a_reviewer("520102"), "review_change", change_id=change_id, decision="approve")
    after = desk(admin, "show_enterprise", enterprise_id=enterprise_id)

    assert (before["principal_phone"], before["industry"], after["industry"]) == ("13600001111", "GM01", "GM02")


def test_key_fields_are_not_among_the_ordinary_ones(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()

    with pytest.raises(Invalid):
        desk(admin, "update_enterprise", enterprise_id=enterprise_id, name="新名")


@pytest.mark.parametrize("field", ["principal", "scale", "employees"])
def test_a_required_field_is_not_emptied_later(desk: Desk, field: str) -> None:
    enterprise_id, admin = desk.approved()

    with pytest.raises(Invalid):
        desk(admin, "update_enterprise", enterprise_id=enterprise_id, **{field: None})


def test_the_reviewer_sees_old_and_new_side_by_side(desk: Desk) -> None:
    old, new = a_name(), a_name()
    enterprise_id, admin = desk.approved(name=old)
    change_id = asked(desk, enterprise_id, admin, name=new, industry="GM01")

    listed = desk(a_reviewer("520102"), "list_changes", enterprise_id=enterprise_id, status="pending")["items"]

    assert [(c["id"], c["lines"]) for c in listed] == [
        (change_id, [{"field": "name", "label": "企业名称", "old": old, "new": new}])
    ]


def test_a_draft_of_a_change_is_the_enterprises_alone(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    change = desk(admin, "request_change", enterprise_id=enterprise_id, changes={"name": a_name()}, reason="更名")
    reviewer = a_reviewer("520102")

    assert [c["id"] for c in desk(admin, "list_changes")["items"]] == [change["id"]]
    assert desk(reviewer, "list_changes", enterprise_id=enterprise_id)["items"] == []
    with pytest.raises(NotFound):
        desk(reviewer, "review_change", change_id=change["id"], decision="approve")


def test_a_move_to_another_county_is_decided_by_the_prefecture_and_takes_everything_along(desk: Desk, rows: Rows) -> None:
    enterprise_id, admin = desk.approved()
    change_id = asked(desk, enterprise_id, admin, region="520103", operating_address="云岩区中华北路2号")
    with pytest.raises(Forbidden):
        desk(a_reviewer("520102"), "review_change", change_id=change_id, decision="approve")

    done = desk(a_reviewer("520100"), "review_change", change_id=change_id, decision="approve")

    assert done["status"] == "applied"
    places = "SELECT region FROM {} WHERE enterprise_id = :id"
    for table in ("enterprise", "org_unit", "enterprise_change", "enterprise_history"):
        assert {row["region"] for row in rows(places.format(table), id=enterprise_id)} == {"520103"}, table
    last = rows("SELECT type, region, data FROM outbox WHERE subject = :id ORDER BY position DESC LIMIT 1", id=enterprise_id)[0]
    assert (last["type"], last["region"]) == ("enterprise.region_changed.v1", "520103")
    assert (last["data"]["fact"], last["data"]["state"]["region"]) == ({"old_region": "520102"}, "520103")
    assert last["data"]["state"]["authority_region"] == "520103"
    with pytest.raises(NotFound):
        desk(a_reviewer("520102"), "show_enterprise", enterprise_id=enterprise_id)
    assert desk(a_reviewer("520103"), "show_enterprise", enterprise_id=enterprise_id)["region"] == "520103"


def test_who_cannot_see_the_new_industry_does_not_approve_it(desk: Desk) -> None:
    enterprise_id, admin = desk.approved(industry="GM01")
    change_id = asked(desk, enterprise_id, admin, industry="WH04")

    with pytest.raises(Forbidden) as refusal:
        desk(a_reviewer("520102", industries=("GM",)), "review_change", change_id=change_id, decision="approve")

    assert refusal.value.code == "change.beyond_scope"


def test_a_rejected_change_is_corrected_and_sent_again(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    change_id = asked(desk, enterprise_id, admin, legal_representative="钱七")
    desk(a_reviewer("520102"), "review_change", change_id=change_id, decision="reject", opinion="缺少任命文件")

    files = [ids.new_id()]
    given = {"changes": {"legal_representative": "钱七"}, "reason": "补充文件", "attachments": files}
    desk(admin, "edit_change", change_id=change_id, **given)

    assert desk(admin, "submit_change", change_id=change_id)["status"] == "pending"


def test_one_change_waits_at_a_time(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    asked(desk, enterprise_id, admin, name=a_name())

    with pytest.raises(Conflict) as refusal:
        asked(desk, enterprise_id, admin, name=a_name())

    assert refusal.value.code == "change.pending_exists"


def test_a_taken_name_stops_a_change_before_the_review(desk: Desk) -> None:
    taken = a_name()
    desk.submitted(name=taken, region="520203")
    enterprise_id, admin = desk.approved()

    with pytest.raises(Conflict) as refusal:
        asked(desk, enterprise_id, admin, name=taken)

    assert refusal.value.code == "enterprise.name_taken"


def test_a_client_made_id_is_kept_and_its_repeat_refused(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    own = ids.new_id()
    given = {"id": own, "enterprise_id": enterprise_id, "changes": {"name": a_name()}, "reason": "更名"}

    assert desk(admin, "request_change", **given)["id"] == own
    with pytest.raises(Conflict):
        desk(admin, "request_change", **given)


def test_a_waiting_change_tells_who_may_decide_and_the_last_day_in_time(desk: Desk) -> None:
    enterprise_id, admin = desk.approved()
    change_id = asked(desk, enterprise_id, admin, legal_representative="钱七")

    def told(caller: Caller) -> tuple[bool, str | None]:
        found = desk(caller, "list_changes", enterprise_id=enterprise_id)["items"][0]
        return found["may_decide"], found["review_due_on"]

    last = due_day(clock.day_of(clock.now()), is_workday).isoformat()
    assert told(a_reviewer("520102")) == (True, last)
    assert told(a_reviewer("520100")) == told(admin) == (False, last)
    desk(a_reviewer("520102"), "review_change", change_id=change_id, decision="approve")
    assert told(a_reviewer("520102")) == (False, None)
