"""The course of major hazards (SM-MHZ, rules 7.3): report, plan, governance, assessment, acceptance."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.hazard.domain.hazard import Hazard
from services.hazard.domain.major import MOVES, Move, State
from services.hazard.domain.plan import FIVE_IN_PLACE
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.hazard.builders import NOW, PHOTO, TODAY, a_hazard, a_major, a_plan, county, days, ours
from tests.unit.state_machine import check

ACTS: dict[Move, Callable[[Hazard], Any]] = {
    Move.REPORT: lambda h: h.report(ours(), "GM-03-01", "停用设备", "阀门腐蚀", "可能泄漏", NOW),
    Move.START_PLAN: lambda h: h.start_plan(ours()),
    Move.SUBMIT_PLAN: lambda h: h.submit_plan(ours(), a_plan(finish_on=days(5)), TODAY),
    Move.APPROVE_PLAN: lambda h: h.approve_plan(ours(), None, TODAY),
    Move.RETURN_PLAN: lambda h: h.return_plan(ours(), "资金未落实"),
    Move.PROGRESS: lambda h: h.report_progress(ours(), 60, TODAY),
    Move.REQUEST_EXTENSION: lambda h: h.request_extension(ours(), days(14), "备件未到", "专人值守", "新方案", NOW, TODAY),
    Move.APPROVE_EXTENSION: lambda h: h.decide_extension(county(), True, None),
    Move.REJECT_EXTENSION: lambda h: h.decide_extension(county(), False, "理由不足"),
    Move.FINISH: lambda h: h.finish(ours(), "已更换", PHOTO, None, NOW),
    Move.ASSESS_PASS: lambda h: h.assess(ours(), True, "治理有效", None, PHOTO, TODAY),
    Move.ASSESS_FAIL: lambda h: h.assess(ours(), False, "仍有泄漏", None, [], TODAY),
    Move.ACCEPT: lambda h: h.accept(county(), "验收合格", NOW, TODAY),
    Move.REFUSE: lambda h: h.refuse_acceptance(county(), "不合格", None, TODAY),
    Move.DOWNGRADE: lambda h: h.downgrade(county(), "不符合条款"),
    Move.CANCEL: lambda h: h.cancel(county(), "误判"),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-MHZ", MOVES, State)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: State, move: Move) -> None:
    hazard = a_major(state)
    before = dict(vars(hazard))
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](hazard)
        assert vars(hazard) == before
    else:
        ACTS[move](hazard)
        assert hazard.status == wanted


@pytest.mark.parametrize("move", [m for m in Move if "extension" not in m and m != Move.CANCEL])
def test_a_general_hazard_does_not_take_the_course_of_major_ones(move: Move) -> None:
    hazard = a_hazard("rectifying")

    with pytest.raises(Conflict) as refusal:
        ACTS[move](hazard)

    assert refusal.value.code in ("hazard.is_general", "hazard.illegal_move")


@pytest.mark.feature("HAZ-13")
@pytest.mark.parametrize(("hours", "is_late"), [(24, False), (25, True)])
def test_a_report_after_24_hours_is_marked_late_and_not_refused(hours: int, is_late: bool) -> None:
    hazard = a_major("registered")

    hazard.report(ours(), "GM-03-01", "停用", "腐蚀", "泄漏", NOW + timedelta(hours=hours))

    assert (hazard.status, hazard.is_report_late) == ("reported", is_late)


@pytest.mark.feature("HAZ-25")
@pytest.mark.parametrize("lacking", sorted(name for needs in FIVE_IN_PLACE.values() for name in needs))
def test_a_plan_has_five_in_place(lacking: str) -> None:
    hazard = a_major("planning")

    with pytest.raises(Invalid) as refusal:
        hazard.submit_plan(ours(), a_plan(**{lacking: None}), TODAY)

    assert refusal.value.details == {lacking: "必填"} and hazard.status == "planning"


@pytest.mark.parametrize(
    ("start", "finish", "ordered", "is_refused"),
    [(0, 30, None, False), (10, 9, None, True), (-5, -1, None, True), (0, 30, 30, False), (0, 31, 30, True)],
)
def test_a_plan_ends_after_it_starts_and_within_an_authoritys_order(
    start: int, finish: int, ordered: int | None, is_refused: bool
) -> None:
    hazard = a_major("planning", approved_deadline_on=None if ordered is None else days(ordered))
    plan = a_plan(start_on=days(start), finish_on=days(finish))

    if is_refused:
        with pytest.raises(Invalid):
            hazard.submit_plan(ours(), plan, TODAY)
    else:
        hazard.submit_plan(ours(), plan, TODAY)


APPROVERS = [
    ({}, ours(), True), ({}, county(), False),
    ({"authority_region": "520102"}, ours(), False), ({"authority_region": "520102"}, county(), True),
    ({"listed": True}, ours(), False), ({"listed": True}, county(), True),
]  # fmt: skip


@pytest.mark.parametrize(("values", "by", "may"), APPROVERS)
def test_the_principal_approves_the_enterprises_own_and_a_regulator_what_he_found_or_listed(
    values: dict[str, Any], by: Caller, may: bool
) -> None:
    hazard = a_major("plan_review", **values)

    if may:
        hazard.approve_plan(by, None, TODAY)
    else:
        with pytest.raises(Forbidden):
            hazard.approve_plan(by, None, TODAY)


def test_an_approved_plan_sets_the_first_term_unless_an_order_has() -> None:
    own, ordered = a_major("plan_review"), a_major("plan_review", authority_region="520102")
    ordered.set_first_term(days(40), TODAY)

    own.approve_plan(ours(), None, TODAY)
    ordered.approve_plan(county(), None, TODAY)

    assert (own.first_deadline_on, own.progress_due_on) == (days(30), days(7))
    assert (ordered.first_deadline_on, ordered.deadline_on) == (days(40), days(40))


@pytest.mark.parametrize(
    ("status", "submitter", "act"),
    [
        ("plan_review", "plan_by", lambda h, by: h.approve_plan(by, None, TODAY)),
        ("plan_review", "plan_by", lambda h, by: h.return_plan(by, "不全")),
        ("assessing", "rectified_by", lambda h, by: h.assess(by, True, "有效", None, PHOTO, TODAY)),
        ("extension_pending", "extension_by", lambda h, by: h.decide_extension(by, True, None)),
    ],
)
def test_who_asks_does_not_approve(status: str, submitter: str, act: Callable[[Hazard, Caller], Any]) -> None:
    both = ours()
    hazard = a_major(status, **{submitter: both.id})

    with pytest.raises(Forbidden) as refusal:
        act(hazard, both)

    assert refusal.value.code == "hazard.own_submission" and hazard.status == status


@pytest.mark.parametrize("by", ["rectified_by", "assessed_by"])
def test_who_governed_or_assessed_does_not_accept(by: str) -> None:
    both = county()

    with pytest.raises(Forbidden):
        a_major("acceptance", **{by: both.id}).accept(both, "合格", NOW, TODAY)


def test_governance_is_finished_when_all_of_the_plan_is_done() -> None:
    with pytest.raises(Conflict) as refusal:
        a_major("rectifying", progress=99).finish(ours(), "差不多", PHOTO, None, NOW)
    assert refusal.value.code == "hazard.unfinished"

    with pytest.raises(Invalid):
        a_major("rectifying").finish(ours(), "无照片", [], None, NOW)


def test_a_passed_assessment_has_its_report() -> None:
    with pytest.raises(Invalid):
        a_major("assessing").assess(ours(), True, "有效", None, [], TODAY)


@pytest.mark.parametrize("act", [Move.ASSESS_FAIL, Move.REFUSE])
def test_what_failed_is_not_finished_and_its_progress_is_told_anew(act: Move) -> None:
    hazard = a_major("assessing" if act == Move.ASSESS_FAIL else "acceptance", finished_at=NOW, progress=100)

    ACTS[act](hazard)

    assert (hazard.status, hazard.finished_at, hazard.progress) == ("rectifying", None, 0)


@pytest.mark.parametrize(("today", "due"), [(date(2026, 5, 12), date(2026, 5, 22)), (date(2026, 5, 13), date(2026, 5, 25))])
def test_acceptance_is_due_10_days_after_the_application_rolling_over_weekends(today: date, due: date) -> None:
    hazard = a_major("assessing")

    hazard.assess(ours(), True, "有效", None, PHOTO, today)

    assert hazard.acceptance_due_on == due


@pytest.mark.parametrize(("on", "is_late"), [(days(10), False), (days(11), True)])
def test_a_late_acceptance_is_recorded_and_not_refused(on: date, is_late: bool) -> None:
    hazard = a_major("acceptance")

    hazard.accept(county(), "合格", NOW, on)

    assert (hazard.status, hazard.is_acceptance_late) == ("closed", is_late)


@pytest.mark.parametrize("act", [Move.ACCEPT, Move.DOWNGRADE, Move.CANCEL])
def test_a_listed_hazard_is_lifted_first(act: Move) -> None:
    with pytest.raises(Conflict) as refusal:
        ACTS[act](a_major("acceptance" if act == Move.ACCEPT else "registered", listed=True))

    assert refusal.value.code == "hazard.listed"


@pytest.mark.parametrize("act", [Move.ACCEPT, Move.REFUSE, Move.DOWNGRADE, Move.CANCEL, Move.APPROVE_EXTENSION])
def test_the_enterprise_does_not_judge_its_own_major_hazard(act: Move) -> None:
    acts: dict[Move, Callable[[Hazard], Any]] = {
        Move.ACCEPT: lambda h: h.accept(ours(), "合格", NOW, TODAY),
        Move.REFUSE: lambda h: h.refuse_acceptance(ours(), "否", None, TODAY),
        Move.DOWNGRADE: lambda h: h.downgrade(ours(), "否"),
        Move.CANCEL: lambda h: h.cancel(ours(), "否"),
        Move.APPROVE_EXTENSION: lambda h: h.decide_extension(ours(), True, None),
    }
    state = next(state for state, move in MOVES if move == act)

    with pytest.raises(Forbidden):
        acts[act](a_major(state))


def test_a_downgraded_hazard_goes_on_as_a_general_one_with_its_time_of_discovery() -> None:
    hazard = a_major("reported", found_at=NOW - timedelta(days=40))
    hazard.downgrade(county(), "不符合条款")

    successor, fact = hazard.successor("0198e7a0-0000-7000-8000-0000000000ff", NOW, TODAY)

    assert (hazard.status, successor.status, successor.hazard_class) == ("downgraded", "registered", "general_limited")
    assert (successor.origin_id, successor.found_at, successor.deadline_on) == (hazard.id, hazard.found_at, days(7))
    assert fact.type == "hazard.registered.v1"
