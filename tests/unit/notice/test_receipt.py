"""Receipts (SM-RECEIPT, R18, R19): lateness is recorded and never refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.kernel.errors import Conflict, Forbidden, Invalid
from services.notice.domain.receipt import MOVES, Move, Receipt, Status
from tests.unit.notice.builders import DEPARTMENT, ENTERPRISE, NOW, a_receipt
from tests.unit.state_machine import check

MINUTE = timedelta(minutes=1)
ACTS: dict[Move, Callable[[Receipt], Any]] = {
    Move.READ: lambda r: r.read("王五", NOW),
    Move.REGISTER: lambda r: r.register("王五", "赵六", "照办", None, NOW),
    Move.REPLY: lambda r: r.answer("receiver", "王五", "已自查", [], NOW),
    Move.CLOSE: lambda r: r.close("author", "张三", None, NOW),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-RECEIPT", MOVES, Status)


@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: Status, move: Move) -> None:
    receipt = a_receipt(status=state)
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](receipt)
        assert receipt.status == state
    else:
        assert ACTS[move](receipt).step == move
        assert receipt.status == wanted


@pytest.mark.parametrize(
    ("after", "is_late"), [(-MINUTE, False), (timedelta(0), False), (MINUTE, True), (timedelta(days=900), True)]
)
def test_an_answer_after_the_deadline_is_taken_and_marked_late(after: timedelta, is_late: bool) -> None:
    receipt = a_receipt(status="read", feedback_due_at=NOW)

    receipt.answer("receiver", "王五", "已自查", [], NOW + after)

    assert (receipt.status, receipt.is_late) == (Status.REPLIED, is_late)


def test_without_a_deadline_nothing_is_late() -> None:
    receipt = a_receipt(status="read")

    receipt.answer("receiver", "王五", "已自查", [], NOW)

    assert not receipt.is_late and not receipt.is_overdue


@pytest.mark.parametrize(
    ("text", "files", "may"), [("", [], False), (" \n", [], False), ("好", [], True), ("", [DEPARTMENT], True)]
)
def test_an_answer_is_a_text_or_a_file(text: str, files: list[str], may: bool) -> None:
    receipt = a_receipt(status="read")

    if may:
        receipt.answer("receiver", "王五", text, files, NOW)
    else:
        with pytest.raises(Invalid):
            receipt.answer("receiver", "王五", text, files, NOW)


def test_what_needs_no_handling_is_not_registered() -> None:
    with pytest.raises(Conflict) as refusal:
        ACTS[Move.REGISTER](a_receipt(status="read", needs_handling=False))

    assert refusal.value.code == "receipt.no_handling"


def test_nobody_closes_his_own_answer() -> None:
    receipt = a_receipt(status="replied", replied_by="author")

    with pytest.raises(Forbidden):
        ACTS[Move.CLOSE](receipt)

    assert receipt.status == Status.REPLIED


@pytest.mark.parametrize("move", [Move.READ, Move.REGISTER])
def test_a_step_after_the_deadline_shows_it_as_overdue_until_it_is_answered(move: Move) -> None:
    receipt = a_receipt(status="unread" if move == Move.READ else "read", feedback_due_at=NOW - MINUTE)

    ACTS[move](receipt)
    assert receipt.is_overdue
    ACTS[Move.REPLY](receipt)

    assert not receipt.is_overdue and receipt.is_late


@pytest.mark.parametrize(("values", "kind", "receiver"), [
    ({"enterprise_id": ENTERPRISE}, "enterprise", ENTERPRISE),
    ({"enterprise_id": None, "department_id": DEPARTMENT}, "department", DEPARTMENT),
])  # fmt: skip
def test_the_receiver_is_an_enterprise_or_a_department(values: dict[str, Any], kind: str, receiver: str) -> None:
    receipt = a_receipt(**values)

    assert (receipt.receiver_kind, receipt.receiver) == (kind, receiver)
