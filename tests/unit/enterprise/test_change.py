"""Changes of key fields under review (SM-ENTCHG)."""

from collections.abc import Callable
from typing import Any

import pytest

from services.enterprise.domain.change import MOVES, EnterpriseChange, Move, Status
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.enterprise.builders import COUNTY, NOW, a_change
from tests.unit.state_machine import check

PRESENT = {"name": "贵阳某厂", "industry": "GM01"}
ACTS: dict[Move, Callable[[EnterpriseChange], Any]] = {
    Move.SUBMIT: lambda c: c.submit(PRESENT, COUNTY, "admin", NOW),
    Move.APPROVE: lambda c: c.approve("reviewer", "王", None, NOW),
    Move.REJECT: lambda c: c.reject("reviewer", "王", "材料不全", NOW),
    Move.CANCEL: lambda c: c.cancel(),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-ENTCHG", MOVES, Status)


@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: Status, move: Move) -> None:
    change = a_change(status=state, submitted_by="admin")
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](change)
        assert change.status == state
    else:
        ACTS[move](change)
        assert change.status == wanted


def test_at_least_one_key_field_differs() -> None:
    with pytest.raises(Invalid):
        a_change(new={"name": "贵阳某厂"}).submit(PRESENT, COUNTY, "admin", NOW)


def test_what_does_not_differ_is_left_out() -> None:
    change = a_change(new={"name": "新名", "industry": "GM01"})

    change.submit(PRESENT, COUNTY, "admin", NOW)

    assert (change.old, change.new) == ({"name": "贵阳某厂"}, {"name": "新名"})


@pytest.mark.parametrize("status", ["pending", "applied", "cancelled"])
def test_a_submitted_change_is_locked(status: str) -> None:
    with pytest.raises(Conflict):
        a_change(status=status).write({"name": "别名"}, "更名", [])


def test_who_asked_does_not_decide() -> None:
    with pytest.raises(Forbidden):
        a_change(status="pending", submitted_by="both").approve("both", "王", None, NOW)


def test_a_rejection_needs_its_reason() -> None:
    with pytest.raises(Invalid):
        a_change(status="pending").reject("reviewer", "王", None, NOW)
