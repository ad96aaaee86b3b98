"""Receipts: receivers read, register and answer; publishers follow and close; lateness is counted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.kernel import clock, ids
from services.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from services.notice import jobs
from tests.service.notice.builders import (
    COUNTY,
    DUE,
    NEXT_COUNTY,
    PREFECTURE,
    PROVINCE,
    Desk,
    Rows,
    a_received,
    an_admin,
    an_official,
    events_of,
    urged,
)


@pytest.mark.feature("NOT-08")
def test_a_notice_is_read_registered_answered_and_closed(desk: Desk, rows: Rows) -> None:
    official, receiver, notice_id, receipt_id = a_received(desk)

    desk(receiver, "read_notice", receipt_id=receipt_id)
    desk(receiver, "register_receipt", receipt_id=receipt_id, handler="赵六", handling_opinion="照办")
    replied = desk(receiver, "reply_receipt", receipt_id=receipt_id, reply="已整改", reply_files=[ids.new_id()])
    assert (replied["status"], replied["is_late"]) == ("replied", False)
    closed = desk(official, "close_receipt", receipt_id=receipt_id, closing_opinion="属实")

    assert (closed["status"], closed["closed_by_name"], closed["handler"]) == ("done", official.name, "赵六")
    steps = [(e["data"]["fact"]["step"], e["data"]["state"]["version"]) for e in events_of(rows, receipt_id)]
    assert steps == [("read", 2), ("register", 3), ("reply", 4), ("close", 5)]
    assert desk(official, "count_receipts", notice_id=notice_id)["done"] == 1


@pytest.mark.feature("NOT-02")
def test_reading_sets_the_time_once(desk: Desk, rows: Rows) -> None:
    _, receiver, _, receipt_id = a_received(desk)

    first = desk(receiver, "read_notice", receipt_id=receipt_id)
    again = desk(an_admin(str(receiver.enterprise_id)), "read_notice", receipt_id=receipt_id, version=1)

    assert again == first
    assert len(events_of(rows, receipt_id)) == 1


def test_an_answer_before_reading_is_refused(desk: Desk) -> None:
    _, receiver, _, receipt_id = a_received(desk)

    with pytest.raises(Conflict) as refusal:
        desk(receiver, "reply_receipt", receipt_id=receipt_id, reply="已办")

    assert refusal.value.code == "receipt.illegal_move"


@pytest.mark.feature("NOT-03")
def test_overdue_ones_can_still_be_read_and_answered_and_are_marked_late(desk: Desk) -> None:
    official, receiver, notice_id, receipt_id = a_received(desk)

    with clock.simulate(clock.now() + DUE + timedelta(minutes=1)):
        assert desk.received(receiver, notice_id)["is_overdue"]
        assert desk(receiver, "read_notice", receipt_id=receipt_id)["is_overdue"]
        answer = desk(receiver, "reply_receipt", receipt_id=receipt_id, reply="迟复为歉")
        assert (answer["status"], answer["is_late"], answer["is_overdue"]) == ("replied", True, False)
        counts = desk(official, "count_receipts", notice_id=notice_id)

    assert (counts["late"], counts["overdue"]) == (1, 0)


@pytest.mark.feature("NOT-18")
def test_a_passed_deadline_is_announced_once_for_each_who_did_not_answer(desk: Desk, rows: Rows) -> None:
    silent, answering = desk.enterprise(), desk.enterprise()
    official, receiver = an_official(COUNTY), an_admin(answering)
    notice_id = urged(desk, official, {"enterprise_ids": [silent, answering]})
    answered = desk.received(receiver, notice_id)["id"]
    unanswered = desk.received(an_admin(silent), notice_id)["id"]
    desk(receiver, "read_notice", receipt_id=answered)
    desk(receiver, "reply_receipt", receipt_id=answered, reply="已办")

    jobs.mark_overdue_receipts(desk.database, clock.day_of(clock.now()))
    assert events_of(rows, unanswered) == []
    with clock.simulate(clock.now() + DUE + timedelta(minutes=1)):
        for _ in range(2):
            jobs.mark_overdue_receipts(desk.database, clock.day_of(clock.now()))
        late = desk(official, "list_receipts", notice_id=notice_id, is_overdue=True)["items"]

    assert [(e["data"]["fact"], e["data"]["state"]["is_overdue"]) for e in events_of(rows, unanswered)] == [
        ({"step": "overdue"}, True)
    ]
    assert [e["data"]["fact"]["step"] for e in events_of(rows, answered)] == ["read", "reply"]
    assert [item["id"] for item in late] == [unanswered]


def test_more_than_one_batch_of_silent_receivers_is_announced(desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 3)
    receivers = [desk.enterprise() for _ in range(7)]
    notice_id = urged(desk, an_official(COUNTY), {"enterprise_ids": receivers})

    with clock.simulate(clock.now() + DUE + timedelta(minutes=1)):
        jobs.mark_overdue_receipts(desk.database, clock.day_of(clock.now()))

    found = rows(
        "SELECT count(*) AS n, count(DISTINCT subject) AS different FROM outbox WHERE type = 'notice_receipt.changed.v1'"
        " AND data->'state'->>'notice_id' = :id", id=notice_id,
    )  # fmt: skip
    assert found == [{"n": 7, "different": 7}]
    assert rows("SELECT overdue_done_at IS NULL AS open FROM distribution WHERE notice_id = :id", id=notice_id) == [{"open": False}]


def test_receivers_see_their_own_receipts_only(desk: Desk) -> None:
    official, receiver, notice_id, receipt_id = a_received(desk)
    strangers = [
        an_admin(desk.enterprise()), an_official(NEXT_COUNTY), an_official(NEXT_COUNTY, department=desk.department(NEXT_COUNTY)),
    ]  # fmt: skip

    for stranger in strangers:
        for operation, args in (
            ("show_receipt", {}), ("read_notice", {}), ("reply_receipt", {"reply": "冒名"}),
            ("register_receipt", {"handler": "冒名"}),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                desk(stranger, operation, receipt_id=receipt_id, **args)
        with pytest.raises(NotFound):
            desk(stranger, "show_notice", notice_id=notice_id)
        assert desk(stranger, "list_received_notices")["items"] == []
    with pytest.raises(Forbidden):
        desk(receiver, "list_receipts", notice_id=notice_id)
    shown = desk(receiver, "show_receipt", receipt_id=receipt_id)
    assert shown["notice"]["body"] and shown["notice"]["receivers"] is None
    assert desk(official, "show_receipt", receipt_id=receipt_id)["notice"]["receivers"]["enterprise_ids"] == [
        receiver.enterprise_id
    ]


def test_publishers_do_not_answer_for_their_receivers(desk: Desk) -> None:
    official, _, _, receipt_id = a_received(desk)

    with pytest.raises(Forbidden) as refusal:
        desk(official, "read_notice", receipt_id=receipt_id)

    assert refusal.value.code == "receipt.not_yours"


def test_others_of_the_place_see_receipts_and_leave_closing_to_the_publisher(desk: Desk) -> None:
    _, receiver, notice_id, receipt_id = a_received(desk)
    desk(receiver, "read_notice", receipt_id=receipt_id)
    colleague, superior = an_official(COUNTY), an_official(PREFECTURE)

    for other in (colleague, superior):
        assert [i["id"] for i in desk(other, "list_receipts", notice_id=notice_id)["items"]] == [receipt_id]
        with pytest.raises(Forbidden):
            desk(other, "close_receipt", receipt_id=receipt_id)


def test_a_department_reads_and_answers_what_comes_from_above(desk: Desk) -> None:
    department = desk.department(COUNTY)
    notice_id = urged(desk, an_official(PROVINCE), {"department_ids": [department]})
    # His own scope is one township: what his department received is his all the same.
    receiver = an_official(COUNTY, "regulator", department=department, places=(COUNTY + "001",))
    receipt_id = desk.received(receiver, notice_id)["id"]

    desk(receiver, "read_notice", receipt_id=receipt_id)
    assert desk(receiver, "reply_receipt", receipt_id=receipt_id, reply="已部署")["receiver_kind"] == "department"
    assert desk(receiver, "show_notice", notice_id=notice_id)["receivers"] is None
    with pytest.raises(NotFound):
        desk(an_official(COUNTY), "read_notice", receipt_id=receipt_id)


def test_of_two_answers_at_once_one_stands(desk: Desk, rows: Rows) -> None:
    _, receiver, _, receipt_id = a_received(desk)
    desk(receiver, "read_notice", receipt_id=receipt_id)

    def answer(text: str) -> str:
        try:
            return str(desk(receiver, "reply_receipt", receipt_id=receipt_id, reply=text)["reply"])
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answer, ["甲答", "乙答"]))

    kept = rows("SELECT reply FROM notice_receipt WHERE id = :id", id=receipt_id)[0]["reply"]
    assert set(answers) == {"receipt.illegal_move", kept}
    assert [e["data"]["fact"]["step"] for e in events_of(rows, receipt_id)] == ["read", "reply"]


def test_a_repeated_answer_is_the_first_one(desk: Desk, rows: Rows) -> None:
    _, receiver, _, receipt_id = a_received(desk)
    desk(receiver, "read_notice", receipt_id=receipt_id)
    key = ids.new_id()

    first = desk.repeated(receiver, "reply_receipt", key, receipt_id=receipt_id, reply="已办")
    again = desk.repeated(receiver, "reply_receipt", key, receipt_id=receipt_id, reply="已办")

    assert first == again and len(events_of(rows, receipt_id)) == 2
