"""Requests to stop and to resume (SM-SUSP, rules 8.4)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.enterprise.domain.suspension import MOVES, RESUME_NEEDS, STOP_NEEDS, Move, Status, SuspensionRequest
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.enterprise.builders import COUNTY, NOW, TODAY, a_resumption, a_stop
from tests.unit.state_machine import check

RECORD = ["0198e7a0-0000-7000-8000-000000000001"]
ACTS: dict[Move, Callable[[SuspensionRequest], Any]] = {
    Move.SUBMIT: lambda r: r.submit("active", COUNTY, "admin", NOW, TODAY),
    Move.APPROVE: lambda r: r.approve("reviewer", "王", None, NOW, [], None, None),
    Move.REJECT: lambda r: r.reject("reviewer", "王", "理由不足", NOW),
    Move.WITHDRAW: lambda r: r.withdraw(),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-SUSP", MOVES, Status)


@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: Status, move: Move) -> None:
    request = a_stop(status=state, submitted_by="admin")
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](request)
        assert request.status == state
    else:
        ACTS[move](request)
        assert request.status == wanted


@pytest.mark.parametrize("state", sorted(set(Status) - {Status.DRAFT}))
def test_what_was_handed_in_is_not_written_anew(state: Status) -> None:
    request = a_stop(status=state)

    with pytest.raises(Conflict):
        request.write({"reason": "改写"})

    assert request.reason == a_stop().reason


@pytest.mark.parametrize("lacking", sorted(STOP_NEEDS))
def test_a_stop_needs_each_of_its_fields(lacking: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_stop(**{lacking: None}).submit("active", COUNTY, "admin", NOW, TODAY)

    assert refusal.value.details == {lacking: "必填"}


@pytest.mark.parametrize("lacking", sorted(RESUME_NEEDS))
def test_a_resumption_needs_each_of_its_fields(lacking: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_resumption(**{lacking: None}).submit("suspended", COUNTY, "admin", NOW, TODAY)

    assert refusal.value.details == {lacking: "必填"}


def test_a_stop_does_not_end_before_it_begins() -> None:
    with pytest.raises(Invalid):
        a_stop(expected_to_on=date(2026, 3, 14)).submit("active", COUNTY, "admin", NOW, TODAY)


@pytest.mark.parametrize(("request_", "status"), [(a_stop(), "suspended"), (a_resumption(), "active"), (a_stop(), "closed")])
def test_the_running_stop_and_the_stopped_resume(request_: SuspensionRequest, status: str) -> None:
    with pytest.raises(Conflict):
        request_.submit(status, COUNTY, "admin", NOW, TODAY)


ACCEPTANCE = [
    ("GM01", "seasonal", False), ("GM01", "ordered", True), ("MK01", "holiday", True), ("FM02", "market", True),
    ("YH01", "maintenance", True), ("WH01", "accident", False),
]  # fmt: skip


@pytest.mark.parametrize(("industry", "stopped_as", "is_needed"), ACCEPTANCE)
def test_ordered_stops_mines_and_fireworks_resume_after_acceptance(industry: str, stopped_as: str, is_needed: bool) -> None:
    request = a_resumption(industry=industry, status="pending", submitted_by="admin")

    if is_needed:
        with pytest.raises(Invalid):
            request.approve("reviewer", "王", None, NOW, [], None, stopped_as)
        request.approve("reviewer", "王", None, NOW, RECORD, TODAY, stopped_as)
    else:
        request.approve("reviewer", "王", None, NOW, [], None, stopped_as)

    assert request.status == Status.APPROVED


@pytest.mark.parametrize(("industry", "days", "is_late"), [("MK01", 20, False), ("MK01", 21, True), ("FM01", 40, False)])
def test_a_coal_mine_is_accepted_within_twenty_days_or_late(industry: str, days: int, is_late: bool) -> None:
    request = a_resumption(industry=industry)
    request.submit("suspended", COUNTY, "admin", NOW, TODAY)

    request.approve("reviewer", "王", None, NOW, RECORD, TODAY + timedelta(days=days), "market")

    assert request.is_acceptance_late is is_late


def test_who_asked_does_not_decide() -> None:
    with pytest.raises(Forbidden):
        a_stop(status="pending", submitted_by="both").reject("both", "王", "理由", NOW)


def test_a_rejection_needs_its_reason() -> None:
    with pytest.raises(Invalid):
        a_stop(status="pending").reject("reviewer", "王", None, NOW)
