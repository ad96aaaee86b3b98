"""Writing, approval, publication and withdrawal of notices, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from services.kernel import clock, ids
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from services.notice import jobs
from tests.callers import api_client, enterprise_user, nobody
from tests.service.notice.builders import (
    COUNTY,
    NEXT_COUNTY,
    PREFECTURE,
    Desk,
    Rows,
    a_draft,
    an_admin,
    an_official,
    events_of,
    permissions_of,
)


def a_pair() -> tuple[Caller, Caller]:
    """A publisher and an approver of one department."""
    publisher = an_official(COUNTY, "publisher")
    return publisher, an_official(COUNTY, "notice_approver", department=publisher.department_id)


def submitted(desk: Desk, publisher: Caller, **values: Any) -> str:
    notice = desk(publisher, "draft_notice", **a_draft(receivers={"regions": [COUNTY]}, **values))
    desk(publisher, "submit_notice", notice_id=notice["id"])
    return str(notice["id"])


@pytest.mark.feature("NOT-01")
def test_an_approved_notice_is_published_and_announced_once(desk: Desk, rows: Rows) -> None:
    publisher, approver = a_pair()
    notice_id = submitted(desk, publisher)

    answer = desk(approver, "review_notice", notice_id=notice_id, decision="approve", opinion="同意")

    assert (answer["status"], answer["decided_by_name"]) == ("published", approver.name)
    assert [event["type"] for event in events_of(rows, notice_id)] == ["notice.published.v1"]
    state = events_of(rows, notice_id)[0]["data"]["state"]
    assert (state["status"], state["version"], state["region"]) == ("published", 3, COUNTY)


def test_a_returned_notice_is_corrected_and_submitted_again(desk: Desk) -> None:
    publisher, approver = a_pair()
    notice_id = submitted(desk, publisher)

    returned = desk(approver, "review_notice", notice_id=notice_id, decision="return", opinion="请写明期限")
    assert (returned["status"], returned["opinion"]) == ("draft", "请写明期限")

    draft = a_draft(title="汛期检查（修订）", receivers={"regions": [COUNTY]})
    assert desk(publisher, "edit_notice", notice_id=notice_id, **draft)["title"] == "汛期检查（修订）"
    assert desk(publisher, "submit_notice", notice_id=notice_id)["status"] == "pending"


def test_without_the_direct_right_nothing_is_published_without_approval(desk: Desk) -> None:
    publisher, _ = a_pair()
    notice = desk(publisher, "draft_notice", **a_draft(receivers={"regions": [COUNTY]}))

    with pytest.raises(Forbidden):
        desk(publisher, "publish_notice", notice_id=notice["id"])


def test_who_submits_does_not_approve(desk: Desk) -> None:
    both = an_official(COUNTY, "publisher", "notice_approver")
    notice_id = submitted(desk, both)

    with pytest.raises(Forbidden) as refusal:
        desk(both, "review_notice", notice_id=notice_id, decision="approve")

    assert refusal.value.code == "review.own_submission"


def test_superiors_see_what_waits_and_leave_it_to_its_authority(desk: Desk) -> None:
    publisher, _ = a_pair()
    notice_id = submitted(desk, publisher)
    superior = an_official(PREFECTURE, "notice_approver")

    assert desk(superior, "show_notice", notice_id=notice_id)["status"] == "pending"
    with pytest.raises(Forbidden):
        desk(superior, "review_notice", notice_id=notice_id, decision="approve")


def test_a_draft_is_seen_by_its_department_alone(desk: Desk) -> None:
    publisher, approver = a_pair()
    notice = desk(publisher, "draft_notice", **a_draft())

    assert desk(approver, "show_notice", notice_id=notice["id"])["title"] == notice["title"]
    for stranger in (an_official(COUNTY), an_official(PREFECTURE), an_official(NEXT_COUNTY), an_admin(desk.enterprise())):
        with pytest.raises(NotFound):
            desk(stranger, "show_notice", notice_id=notice["id"])
        listed = desk(stranger, "list_notices", limit=200)["items"]
        assert notice["id"] not in {item["id"] for item in listed}


def test_a_published_notice_is_seen_around_its_place_and_nowhere_else(desk: Desk) -> None:
    official = an_official(COUNTY)
    notice_id = desk.sent(official, {"regions": [COUNTY]})

    def lists(caller: Caller) -> bool:
        return notice_id in {item["id"] for item in desk(caller, "list_notices", limit=200)["items"]}

    assert lists(official) and lists(an_official(COUNTY)) and lists(an_official(PREFECTURE))
    assert not lists(an_official(NEXT_COUNTY)) and not lists(enterprise_user(ids.new_id(), COUNTY, *official.permissions))
    with pytest.raises(NotFound):
        desk(an_official(NEXT_COUNTY), "show_notice", notice_id=notice_id)


@pytest.mark.parametrize("operation", ["edit_notice", "publish_notice", "submit_notice", "withdraw_notice"])
def test_only_its_department_moves_a_notice(desk: Desk, operation: str) -> None:
    official = an_official(COUNTY)
    notice_id = desk.published(official, {"regions": [COUNTY]})
    more = {"edit_notice": a_draft(), "withdraw_notice": {"reason": "有误"}}.get(operation, {})

    with pytest.raises(Forbidden) as refusal:
        desk(an_official(COUNTY), operation, notice_id=notice_id, **more)

    assert refusal.value.code == "notice.not_yours"


@pytest.mark.parametrize("caller", [enterprise_user(ids.new_id(), COUNTY, *permissions_of("publisher")), nobody()])
def test_only_authorities_write_notices(desk: Desk, caller: Caller) -> None:
    with pytest.raises(Forbidden):
        desk(caller, "draft_notice", **a_draft())


def test_another_system_publishes_for_its_region(desk: Desk) -> None:
    client = api_client(COUNTY, *permissions_of("regulator_leader"))
    enterprise_id = desk.enterprise()

    notice_id = desk.sent(client, {"regions": [COUNTY]})

    assert desk.received(an_admin(enterprise_id), notice_id)["status"] == "unread"


OUTSIDE: list[dict[str, Any]] = [{"regions": [NEXT_COUNTY]}, {"regions": [PREFECTURE]}, {"regions": [COUNTY, NEXT_COUNTY]}]


@pytest.mark.parametrize("receivers", OUTSIDE)
def test_places_outside_the_publishers_scope_are_refused(desk: Desk, receivers: dict[str, Any]) -> None:
    official = an_official(COUNTY)
    notice = desk(official, "draft_notice", **a_draft(receivers=receivers))

    with pytest.raises(Invalid) as refusal:
        desk(official, "publish_notice", notice_id=notice["id"])

    assert refusal.value.code == "notice.receivers_outside"
    assert desk(official, "show_notice", notice_id=notice["id"])["status"] == "draft"


def test_unknown_receivers_and_those_out_of_scope_are_refused_alike(desk: Desk) -> None:
    official = an_official(COUNTY)
    wrong = [
        {"enterprise_ids": [ids.new_id()]}, {"enterprise_ids": [desk.enterprise(NEXT_COUNTY)]},
        {"department_ids": [ids.new_id()]}, {"department_ids": [desk.department(PREFECTURE)]},
        {"department_ids": [desk.department(COUNTY, is_active=False)]},
    ]  # fmt: skip

    for receivers in wrong:
        notice = desk(official, "draft_notice", **a_draft(receivers=receivers))
        with pytest.raises(Invalid) as refusal:
            desk(official, "publish_notice", notice_id=notice["id"])
        assert refusal.value.code == "notice.unknown_receiver"


def test_the_same_draft_sent_twice_is_one_notice(desk: Desk, rows: Rows) -> None:
    official, notice_id, key = an_official(COUNTY), ids.new_id(), ids.new_id()

    first = desk.repeated(official, "draft_notice", key, **a_draft(id=notice_id))
    again = desk.repeated(official, "draft_notice", key, **a_draft(id=notice_id))
    with pytest.raises(Conflict) as refusal:
        desk(official, "draft_notice", **a_draft(id=notice_id))

    assert first == again and refusal.value.code == "notice.exists"
    assert rows("SELECT count(*) AS n FROM notice WHERE id = :id", id=notice_id) == [{"n": 1}]


def test_a_change_decided_on_an_older_version_is_refused(desk: Desk) -> None:
    official = an_official(COUNTY)
    notice = desk(official, "draft_notice", **a_draft())
    desk(official, "edit_notice", notice_id=notice["id"], version=notice["version"], **a_draft(title="第二版"))

    with pytest.raises(Conflict) as refusal:
        desk(official, "edit_notice", notice_id=notice["id"], version=notice["version"], **a_draft(title="第三版"))

    assert refusal.value.code == "version.stale"


def test_of_two_who_decide_at_once_one_is_refused(desk: Desk, rows: Rows) -> None:
    publisher, approver = a_pair()
    colleague = an_official(COUNTY, "notice_approver", department=publisher.department_id)
    notice_id = submitted(desk, publisher)

    def decide(caller: Caller) -> str:
        try:
            return str(desk(caller, "review_notice", notice_id=notice_id, decision="approve")["status"])
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, [approver, colleague]))

    assert answers == ["notice.illegal_move", "published"]
    assert [event["type"] for event in events_of(rows, notice_id)] == ["notice.published.v1"]


def test_a_withdrawn_notice_vanishes_for_its_receivers_and_stays_with_its_publisher(desk: Desk, rows: Rows) -> None:
    official, enterprise_id = an_official(COUNTY), desk.enterprise()
    notice_id = desk.sent(official, {"enterprise_ids": [enterprise_id]})
    receiver = an_admin(enterprise_id)
    receipt_id = desk.received(receiver, notice_id)["id"]
    assert desk(receiver, "count_unread_messages")["count"] == 1

    desk(official, "withdraw_notice", notice_id=notice_id, reason="内容有误")

    assert desk(receiver, "list_received_notices")["items"] == []
    assert desk(receiver, "list_notices")["items"] == []
    assert desk(receiver, "list_messages")["items"] == [] and desk(receiver, "count_unread_messages")["count"] == 0
    for operation, args in (
        ("show_notice", {"notice_id": notice_id}), ("show_receipt", {"receipt_id": receipt_id}),
        ("read_notice", {"receipt_id": receipt_id}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            desk(receiver, operation, **args)
    assert desk(official, "count_receipts", notice_id=notice_id)["sent"] == 1
    assert events_of(rows, notice_id)[-1]["data"]["fact"] == {"reason": "内容有误"}


def test_a_notice_expires_after_its_last_day_and_can_still_be_read_and_answered(desk: Desk) -> None:
    official, enterprise_id = an_official(COUNTY), desk.enterprise()
    day = clock.day_of(clock.now())
    notice_id = desk.sent(official, {"enterprise_ids": [enterprise_id]}, expires_on=day.isoformat())
    receiver = an_admin(enterprise_id)

    jobs.expire_notices(desk.database, day)
    assert desk(official, "show_notice", notice_id=notice_id)["status"] == "published"
    jobs.expire_notices(desk.database, day + timedelta(days=1))
    assert desk(official, "show_notice", notice_id=notice_id)["status"] == "expired"

    receipt_id = desk.received(receiver, notice_id)["id"]
    desk(receiver, "read_notice", receipt_id=receipt_id)
    assert desk(receiver, "reply_receipt", receipt_id=receipt_id, reply="已办")["status"] == "replied"


def test_every_step_leaves_an_audit_row(desk: Desk, rows: Rows) -> None:
    official = an_official(COUNTY)
    desk.published(official, {"regions": [COUNTY]})

    found = rows("SELECT operation, actor, region FROM audit WHERE actor = :actor ORDER BY id", actor=official.id)

    assert [row["operation"] for row in found] == ["notice.draft_notice", "notice.publish_notice"]
    assert {row["region"] for row in found} == {COUNTY}
