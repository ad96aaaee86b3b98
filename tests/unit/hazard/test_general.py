"""The course of general hazards (SM-HZ, rules 7): who may move them, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.hazard.domain.general import MOVES, Move, State
from services.hazard.domain.hazard import Hazard
from services.kernel.caller import Caller, Kind, system
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.callers import regulator
from tests.unit.hazard.builders import NOW, PHOTO, TODAY, a_hazard, a_major, county, days, on_site, ours
from tests.unit.state_machine import check


def submit(hazard: Hazard, by: Caller | None = None, **values: Any) -> Any:
    given: dict[str, Any] = {"measure_taken": "已补装", "finished_at": NOW, "after_photos": PHOTO, "cost": None, "now": NOW}
    return hazard.submit_rectification(by or ours(), **given | values)


ACTS: dict[Move, Callable[[Hazard], Any]] = {
    Move.REGISTER: lambda h: h.register(NOW, TODAY),
    Move.REGISTER_ON_SITE: lambda h: on_site(h).register(NOW, TODAY),
    Move.CONFIRM: lambda h: h.confirm(ours(), days(7), None, None, NOW, TODAY),
    Move.RETURN: lambda h: h.send_back(ours(), "描述不清"),
    Move.RESUBMIT: lambda h: h.resubmit(ours(), NOW, TODAY),
    Move.UPGRADE: lambda h: h.upgrade(ours(), "GM-03-01", None, NOW),
    Move.REQUEST_EXTENSION: lambda h: h.request_extension(ours(), days(14), "备件未到", "专人值守", None, NOW, TODAY),
    Move.APPROVE_EXTENSION: lambda h: h.decide_extension(ours(), True, None),
    Move.REJECT_EXTENSION: lambda h: h.decide_extension(ours(), False, "理由不足"),
    Move.SUBMIT_RECTIFICATION: submit,
    Move.RECHECK_PASS: lambda h: h.pass_recheck(ours(), "合格", NOW),
    Move.RECHECK_FAIL: lambda h: h.fail_recheck(ours(), "未完成", days(3), TODAY),
    Move.CANCEL: lambda h: h.cancel(ours(), "重复登记"),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-HZ", MOVES, State)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: State, move: Move) -> None:
    hazard = a_hazard(state)
    before = dict(vars(hazard)) | ({"hazard_class": "general_on_site", "measure_taken": "当场清理"} if "on_site" in move else {})
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](hazard)
        assert vars(hazard) == before
    else:
        ACTS[move](hazard)
        assert hazard.status == wanted


@pytest.mark.parametrize("move", list(Move))
def test_a_major_hazard_has_left_the_course_of_general_ones(move: Move) -> None:
    if move in (Move.REQUEST_EXTENSION, Move.APPROVE_EXTENSION, Move.REJECT_EXTENSION, Move.CANCEL):
        pytest.skip("both courses have this move")
    hazard = a_major("registered", suspected_major=True)

    with pytest.raises(Conflict):
        ACTS[move](hazard)

    assert hazard.status == "registered"


@pytest.mark.feature("HAZ-07")
@pytest.mark.parametrize(
    "values", [{"after_photos": []}, {"finished_at": NOW + timedelta(hours=1)}, {"finished_at": NOW - timedelta(days=2)}]
)
def test_rectification_needs_a_photograph_and_a_finish_between_discovery_and_now(values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        submit(a_hazard("rectifying"), **values)


@pytest.mark.parametrize(("stands_in", "is_refused"), [(False, True), (True, False)])
def test_an_assigned_hazard_is_put_right_by_its_person_or_a_stand_in(stands_in: bool, is_refused: bool) -> None:
    hazard = a_hazard("rectifying", responsible_id="somebody")

    if is_refused:
        with pytest.raises(Forbidden):
            submit(hazard, stands_in=stands_in)
    else:
        submit(hazard, stands_in=stands_in)


@pytest.mark.feature("HAZ-08")
@pytest.mark.parametrize("is_passed", [True, False])
def test_the_rectifier_cannot_recheck(is_passed: bool) -> None:
    both = ours()
    hazard = a_hazard("rectifying")
    submit(hazard, both)

    with pytest.raises(Forbidden):
        hazard.pass_recheck(both, "合格", NOW) if is_passed else hazard.fail_recheck(both, "不合格", days(3), TODAY)

    assert hazard.status == "pending_recheck"


def test_a_failed_recheck_sets_a_new_day_that_is_no_approved_extension() -> None:
    hazard = a_hazard("pending_recheck")

    hazard.fail_recheck(ours(), "未完成", days(20), TODAY)

    assert (hazard.deadline_on, hazard.approved_deadline_on, hazard.attempts) == (days(20), days(7), 1)
    assert hazard.finished_at is None


@pytest.mark.parametrize("deadline_on", [None, days(-1)])
def test_a_failed_recheck_needs_a_day_to_come(deadline_on: Any) -> None:
    with pytest.raises(Invalid):
        a_hazard("pending_recheck").fail_recheck(ours(), "未完成", deadline_on, TODAY)


SIDES = [
    (None, ours(), True), (None, county(), False), ("520102", ours(), False), ("520102", county(), True),
    ("520102", regulator("520103"), False), ("520102", regulator("520100"), False), ("520102", system("x"), True),
]  # fmt: skip


@pytest.mark.parametrize(("authority", "by", "may"), SIDES)
def test_who_found_it_rechecks_and_cancels_it(authority: str | None, by: Caller, may: bool) -> None:
    pending, registered = (a_hazard(s, authority_region=authority) for s in ("pending_recheck", "registered"))

    if may:
        pending.pass_recheck(by, "合格", NOW)
        registered.cancel(by, "重复")
    else:
        for act in (lambda: pending.pass_recheck(by, "合格", NOW), lambda: registered.cancel(by, "重复")):
            with pytest.raises(Forbidden):
                act()


def test_what_an_inspection_found_is_rechecked_by_an_inspection() -> None:
    hazard = a_hazard("pending_recheck", authority_region="520102", inspection_id="x")

    with pytest.raises(Conflict) as refusal:
        hazard.pass_recheck(county(), "合格", NOW)

    assert refusal.value.code == "hazard.inspection_rechecks"


def test_nobody_is_told_of_a_draft_that_was_thrown_away() -> None:
    assert a_hazard("draft").cancel(ours(), "误登") == []
    assert [fact.type for fact in a_hazard("registered").cancel(ours(), "重复")] == ["hazard.cancelled.v1"]


STRANGERS = [county(), regulator("520000")]


@pytest.mark.parametrize("by", STRANGERS)
@pytest.mark.parametrize("status", ["registered", "rectifying"])
def test_only_the_enterprise_confirms_returns_rectifies_and_upgrades(by: Caller, status: str) -> None:
    hazard = a_hazard(status)
    for act in (
        lambda: hazard.confirm(by, None, None, None, NOW, TODAY), lambda: hazard.send_back(by, "退"),
        lambda: submit(hazard, by), lambda: hazard.upgrade(by, "GM-03-01", None, NOW),
        lambda: hazard.request_extension(by, days(9), "因", "措施", None, NOW, TODAY), lambda: hazard.assign(by, {}),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            act()

    assert hazard.status == status and by.kind == Kind.REGULATOR


def test_upgrading_keeps_the_time_of_discovery_and_an_authoritys_order() -> None:
    own, ordered = a_hazard("rectifying"), a_hazard("rectifying", authority_region="520102")
    found_at = own.found_at

    for hazard in (own, ordered):
        hazard.upgrade(ours(), "GM-03-01", "符合条款", NOW)

    assert (own.is_major, own.status, own.found_at, own.first_deadline_on) == (True, "registered", found_at, None)
    assert ordered.first_deadline_on == days(7)


def test_only_drafts_and_what_was_sent_back_are_revised() -> None:
    revisable = [s for s in State if _revises(s)]

    assert revisable == [State.DRAFT, State.RETURNED]


def _revises(state: State) -> bool:
    try:
        a_hazard(state).revise(ours())
    except Conflict:
        return False
    return True


@pytest.mark.parametrize("status", ["registered", "rectifying", "extension_pending", "closed"])
def test_a_person_is_assigned_while_rectification_is_owed(status: str) -> None:
    hazard = a_hazard(status)

    if status in ("rectifying", "extension_pending"):
        hazard.require_rectifying()
    else:
        with pytest.raises(Conflict):
            hazard.require_rectifying()


def test_it_may_be_put_right_within_the_minute_of_its_finding_and_not_before() -> None:
    found_at = (NOW - timedelta(hours=1)).replace(second=42)
    minute = found_at.replace(second=0, microsecond=0)

    with pytest.raises(Invalid, match=r"hazard\.finished_early"):
        submit(a_hazard("rectifying", found_at=found_at), finished_at=minute - timedelta(seconds=1))
    submit(hazard := a_hazard("rectifying", found_at=found_at), finished_at=minute)

    assert hazard.finished_at == minute
