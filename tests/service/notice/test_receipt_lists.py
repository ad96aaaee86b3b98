"""Lists and counts of receipts: within the scope of whoever looks, whole, and equal to a recount."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from services.kernel import clock
from tests.service.notice.builders import (
    COUNTY,
    DUE,
    NEXT_COUNTY,
    PREFECTURE,
    Desk,
    Rows,
    a_received,
    an_admin,
    an_official,
    urged,
)


def test_receipts_end_at_the_scope_of_whoever_looks(desk: Desk) -> None:
    here, there = desk.enterprise(COUNTY, "MK01"), desk.enterprise(NEXT_COUNTY, "JZ01")
    official = an_official(PREFECTURE)
    notice_id = desk.sent(official, {"enterprise_ids": [here, there]})
    part = an_official(PREFECTURE, department=official.department_id, places=(COUNTY,))
    coal = an_official(PREFECTURE, department=official.department_id, industries=("MK",))

    assert desk(official, "count_receipts", notice_id=notice_id)["sent"] == 2
    for narrow in (part, coal):
        assert desk(narrow, "count_receipts", notice_id=notice_id)["sent"] == 1
        assert [i["enterprise_id"] for i in desk(narrow, "list_receipts", notice_id=notice_id)["items"]] == [here]


def recount(rows: Rows, notice_id: str, now: datetime) -> dict[str, int]:
    """The counts, made row by row."""
    found = rows("SELECT status, is_late, feedback_due_at FROM notice_receipt WHERE notice_id = :id", id=notice_id)
    open_ones = ("unread", "read", "registered")
    counts = {status: sum(row["status"] == status for row in found) for status in (*open_ones, "replied", "done")}
    late = [row for row in found if row["is_late"]]
    overdue = [row for row in found if row["status"] in open_ones and row["feedback_due_at"] < now]
    return counts | {"sent": len(found), "late": len(late), "overdue": len(overdue)}


def test_what_is_counted_equals_a_recount_at_every_stage(desk: Desk, rows: Rows) -> None:
    official, enterprises = an_official(COUNTY), [desk.enterprise() for _ in range(6)]
    notice_id = urged(desk, official, {"enterprise_ids": enterprises})
    receivers = [(an_admin(e), desk.received(an_admin(e), notice_id)["id"]) for e in enterprises]
    steps: list[Callable[[], Any]] = []
    for number, (receiver, receipt_id) in enumerate(receivers):
        acts = [
            lambda c=receiver, r=receipt_id: desk(c, "read_notice", receipt_id=r),
            lambda c=receiver, r=receipt_id: desk(c, "register_receipt", receipt_id=r, handler="赵六"),
            lambda c=receiver, r=receipt_id: desk(c, "reply_receipt", receipt_id=r, reply="已办"),
            lambda r=receipt_id: desk(official, "close_receipt", receipt_id=r),
        ]
        steps += acts[: number - 1] if number > 1 else []

    start = clock.now()
    for number, step in enumerate([lambda: None, *steps]):
        with clock.simulate(start + DUE * (number / 4)):
            step()
            assert desk(official, "count_receipts", notice_id=notice_id) == recount(rows, notice_id, clock.now())
    with clock.simulate(start + DUE * 4):
        final = desk(official, "count_receipts", notice_id=notice_id)
    assert final["sent"] == 6 and final["late"] > 0 and final["overdue"] > 0


def test_lists_are_filtered_and_paged_without_gaps_or_doubles(desk: Desk) -> None:
    place = "520330"
    enterprises = {desk.enterprise(place + suffix) for suffix in ("", "001", "002") for _ in range(3)}
    official = an_official(place)
    notice_id = desk.sent(official, {"regions": [place]})
    reader = an_admin(sorted(enterprises)[0], place)
    desk(reader, "read_notice", receipt_id=desk.received(reader, notice_id)["id"])

    seen, cursor = [], None
    while True:
        page = desk(official, "list_receipts", notice_id=notice_id, limit=2, cursor=cursor)
        seen += [item["enterprise_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert len(seen) == 9 and set(seen) == enterprises
    never_read = desk(official, "list_receipts", notice_id=notice_id, status="unread", limit=100)["items"]
    assert {item["enterprise_id"] for item in never_read} == enterprises - {reader.enterprise_id}
    assert desk(official, "list_receipts", notice_id=notice_id, receiver_kind="department")["items"] == []


@pytest.mark.feature("NOT-07")
def test_what_nobody_has_signed_for_comes_first(desk: Desk) -> None:
    official, enterprise_id = an_official(COUNTY), desk.enterprise()
    first, second = (desk.sent(official, {"enterprise_ids": [enterprise_id]}, title=title) for title in ("先发", "后发"))
    receiver = an_admin(enterprise_id)
    desk(receiver, "read_notice", receipt_id=desk.received(receiver, second)["id"])

    assert [i["notice_id"] for i in desk(receiver, "list_received_notices")["items"]] == [second, first]
    assert [i["notice_id"] for i in desk(receiver, "list_received_notices", sort="unread")["items"]] == [first, second]
    page = desk(receiver, "list_received_notices", sort="unread", limit=1)
    rest = desk(receiver, "list_received_notices", sort="unread", limit=1, cursor=page["next_cursor"])
    assert [i["notice_id"] for i in page["items"] + rest["items"]] == [first, second]


def test_receipts_follow_their_enterprise_when_it_moves(desk: Desk) -> None:
    official, receiver, notice_id, receipt_id = a_received(desk)
    moved = {"id": receiver.enterprise_id, "enterprise_id": receiver.enterprise_id, "name": "迁厂", "status": "active"}
    moved |= {"region": NEXT_COUNTY, "industry": "JZ01"}

    desk.hear("enterprise.region_changed.v1", moved | {"version": 5}, {"old_region": COUNTY})
    desk.hear("enterprise.changed.v1", moved | {"version": 4, "region": "520111"})

    assert desk(official, "count_receipts", notice_id=notice_id)["sent"] == 0
    assert desk(an_official(PREFECTURE), "list_receipts", notice_id=notice_id)["items"][0]["region"] == NEXT_COUNTY
    assert desk(receiver, "show_receipt", receipt_id=receipt_id)["industry"] == "JZ01"
