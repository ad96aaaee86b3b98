"""SM-TASK: every move, every absent pair; what a check at which moment does."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from services.kernel.errors import Conflict
from services.risk.domain.check_task import MOVES, Move, Status
from tests.unit.risk.builders import NOW, a_task
from tests.unit.state_machine import check

START, END = NOW - timedelta(hours=9), NOW + timedelta(hours=15)
SECOND = timedelta(seconds=1)


def test_the_moves_are_those_of_the_state_machine() -> None:
    check("SM-TASK", MOVES, Status)


@pytest.mark.parametrize(("status", "move"), list(product(Status, (Move.EXPIRE, Move.EXEMPT, Move.CANCEL))))
def test_what_the_system_does_leads_where_the_table_says_and_is_refused_elsewhere(status: Status, move: Move) -> None:
    task = a_task(status)
    act = {
        Move.EXPIRE: lambda: task.expire(END),
        Move.EXEMPT: lambda: task.exempt("停产"),
        Move.CANCEL: lambda: task.cancel("风险点停用"),
    }[move]

    if (status, move) in MOVES:
        act()
        assert task.status == MOVES[status, move]
    else:
        with pytest.raises(Conflict):
            act()
        assert task.status == status


@pytest.mark.parametrize(
    ("status", "counted_at", "result"),
    [
        (Status.PENDING, START - SECOND, None),
        (Status.PENDING, START, Status.DONE),
        (Status.PENDING, END - SECOND, Status.DONE),
        (Status.PENDING, END, Status.DONE_LATE),
        (Status.PENDING, END + timedelta(hours=24), Status.DONE_LATE),
        (Status.PENDING, END + timedelta(hours=24) + SECOND, None),
        (Status.MISSED, END - SECOND, Status.DONE),
        (Status.MISSED, END + timedelta(hours=1), Status.DONE_LATE),
        (Status.MISSED, END + timedelta(hours=25), None),
        (Status.DONE_LATE, END - SECOND, Status.DONE),
        (Status.DONE_LATE, END + SECOND, None),
        (Status.DONE, NOW, None),
        (Status.EXEMPT, NOW, None),
        (Status.CANCELLED, NOW, None),
    ],
)
def test_a_check_counts_by_its_moment(status: Status, counted_at: datetime, result: Status | None) -> None:
    task = a_task(status)

    fact = task.take("check", counted_at, "u", "王强")

    assert task.status == (result or status)
    assert (fact is not None) == (result is not None)
    assert task.done_at == (counted_at if result else None)


def test_a_task_does_not_expire_before_its_window_ends() -> None:
    with pytest.raises(Conflict) as refused:
        a_task().expire(END - SECOND)

    assert refused.value.code == "check_task.window_open"
