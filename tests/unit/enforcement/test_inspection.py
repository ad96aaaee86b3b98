"""An inspection from its scheme to its closing (SM-INSP)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.steps import MOVES, Act, Move, State
from services.kernel import ids
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.enforcement.builders import (
    CONTENT,
    LEADER,
    NOW,
    OFFICER,
    TODAY,
    a_finding,
    a_team,
    an_inspection,
    answers,
    signed,
    told,
)
from tests.unit.state_machine import check

TEAM = a_team()


def judged(of: Inspection, *passed: bool, **values: Any) -> list[dict[str, Any]]:
    """A verdict for each open finding; what fails gets thirty days more."""
    later = TODAY + timedelta(days=30)
    return [
        {"finding_id": f.id, "is_passed": p, "opinion": "已查看", "deadline_on": None if p else later} | values
        for f, p in zip(of.findings, passed, strict=True)
    ]


ACTS: dict[Move, Callable[[Inspection], Any]] = {
    Move.SUBMIT_SCHEME: lambda i: i.submit(TEAM, OFFICER),
    Move.APPROVE_SCHEME: lambda i: i.approve("同意", "red", 0, LEADER),
    Move.RETURN_SCHEME: lambda i: i.return_scheme("请补充", LEADER),
    Move.START: lambda i: i.start(TEAM, "扫码", None, OFFICER),
    Move.RECORD: lambda i: i.record(CONTENT, answers(), [], signed(TEAM), OFFICER),
    Move.NO_PROBLEM: lambda i: i.close_without_problem(OFFICER),
    Move.ORDER: lambda i: i.order([], signed(TEAM), OFFICER),
    Move.SIMPLE_PENALTY: lambda i: i._move(Move.SIMPLE_PENALTY, OFFICER),
    Move.OPEN_CASE: lambda i: i._move(Move.OPEN_CASE, OFFICER),
    Move.DUE: lambda i: i.fall_due("到期", OFFICER),
    Move.RECHECK_PASS: lambda i: i.recheck(judged(i, True), "合格", TEAM, signed(TEAM), OFFICER),
    Move.RECHECK_FAIL: lambda i: i.recheck(judged(i, False), "不合格", TEAM, signed(TEAM), OFFICER),
    Move.CANCEL: lambda i: i.cancel("企业停产", OFFICER),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-INSP", MOVES, State)
    assert ACTS.keys() == set(Move)


@pytest.mark.parametrize(("state", "move"), [(s, m) for s in State for m in Move], ids=lambda v: str(v))
def test_only_moves_of_the_table_are_made(state: State, move: Move) -> None:
    inspection = an_inspection(state, TEAM, findings=() if move == Move.NO_PROBLEM else (a_finding(),))
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](inspection)
        assert (inspection.state, inspection.history) == (state, ())
    else:
        ACTS[move](inspection)
        assert (inspection.state, [step.move for step in inspection.history]) == (wanted, [move])


def test_only_a_draft_is_revised() -> None:
    submitted = an_inspection(State.SCHEME_PENDING)

    with pytest.raises(Conflict):
        submitted.write_scheme({}, None, [], [], TODAY)


@pytest.mark.feature("ENF-04")
@pytest.mark.parametrize("size", [0, 1])
def test_fewer_than_two_officers_are_refused(size: int) -> None:
    team = a_team(size)

    with pytest.raises(Invalid) as refusal:
        an_inspection(team=team).submit(team, OFFICER)

    assert refusal.value.code == "inspection.too_few_officers"


def test_one_officer_named_twice_is_one() -> None:
    team = a_team(1) * 2

    with pytest.raises(Invalid):
        an_inspection(team=team).submit(team, OFFICER)


@pytest.mark.parametrize("act", [Move.APPROVE_SCHEME, Move.RETURN_SCHEME])
def test_who_submits_does_not_decide(act: Move) -> None:
    inspection = an_inspection(State.SCHEME_PENDING, submitted_by=LEADER.by)

    with pytest.raises(Forbidden):
        ACTS[act](inspection)


@pytest.mark.parametrize(
    ("grade", "source", "before", "is_room"),
    [
        ("red", "plan", 1, True), ("red", "plan", 2, False), ("orange", "key", 1, False), ("orange", "random", 0, True),
        (None, "random", 1, False), ("blue", "complaint", 9, True), ("red", "accident", 9, True), ("red", "superior", 9, True),
        ("yellow", "recheck", 9, True), ("yellow", "zero_hazard", 1, False),
    ],
)  # fmt: skip
def test_planned_inspections_of_a_year_are_numbered_by_grade(grade: str | None, source: str, before: int, is_room: bool) -> None:
    inspection = an_inspection(State.SCHEME_PENDING, source=source)

    if is_room:
        inspection.approve("同意", grade, before, LEADER)
    else:
        with pytest.raises(Conflict, match="上限"):
            inspection.approve("同意", grade, before, LEADER)


@pytest.mark.parametrize("source", ["complaint", "accident", "superior", "recheck"])
def test_what_is_outside_the_plan_says_why(source: str) -> None:
    with pytest.raises(Invalid):
        an_inspection(team=TEAM, source=source).submit(TEAM, OFFICER)
    an_inspection(team=TEAM, source=source, source_reference="投诉2026-8").submit(TEAM, OFFICER)


def test_a_day_that_has_passed_cannot_be_planned() -> None:
    with pytest.raises(Invalid):
        an_inspection(team=TEAM, planned_on=TODAY - timedelta(days=1)).submit(TEAM, OFFICER)


def test_entry_is_registered_by_code_or_with_the_reason_why_not() -> None:
    approved = an_inspection(State.SCHEME_APPROVED, TEAM)
    with pytest.raises(Invalid, match="扫描"):
        approved.start(TEAM, None, "", OFFICER)

    approved.start(TEAM, None, "门卫二维码损坏", OFFICER)

    assert (approved.state, approved.started_at) == (State.IN_PROGRESS, NOW)


def test_only_officers_of_the_scheme_enter() -> None:
    with pytest.raises(Conflict, match="批准"):
        an_inspection(State.SCHEME_APPROVED, TEAM).start([TEAM[0], *a_team(1)], "扫码", None, OFFICER)


def test_two_of_three_officers_may_come() -> None:
    team = a_team(3)
    approved = an_inspection(State.SCHEME_APPROVED, team)

    approved.start(team[:2], "扫码", None, OFFICER)

    assert [officer.id for officer in approved.officers] == [officer.id for officer in team[:2]]


@pytest.mark.parametrize(
    ("officers", "values"),
    [
        (TEAM[:1], {}), (TEAM[:1] * 2, {}), ([TEAM[0], *a_team(1)], {}), (TEAM, {"signed_by_party": None}),
        (TEAM, {"refusal_note": "拒签"}),
    ],
    ids=["one", "one twice", "a stranger", "neither", "both"],
)  # fmt: skip
def test_two_officers_sign_and_the_other_side_or_its_refusal_is_noted(officers: Any, values: dict[str, Any]) -> None:
    inspection = an_inspection(State.IN_PROGRESS, TEAM)

    with pytest.raises(Invalid):
        inspection.record(CONTENT, answers(), [], signed(officers, **values), OFFICER)

    assert inspection.state == State.IN_PROGRESS


def test_a_refusal_to_sign_is_noted_in_place_of_the_signature() -> None:
    inspection = an_inspection(State.IN_PROGRESS, TEAM)

    inspection.record(CONTENT, answers(), [], signed(TEAM, signed_by_party=None, refusal_note="负责人拒签"), OFFICER)

    assert (inspection.state, inspection.refusal_note) == (State.RECORDED, "负责人拒签")


def test_the_record_announces_each_finding_with_its_deadline() -> None:
    inspection = an_inspection(State.IN_PROGRESS, TEAM)
    finding = told(1)

    fact = inspection.record(CONTENT, answers(1), [finding], signed(TEAM), OFFICER)

    assert fact.findings == (
        {
            "finding_id": finding["id"], "description": "防护罩缺失", "place": "冲压车间", "hazard_class": "general_limited",
            "criterion_code": None, "item_code": "CK-1", "deadline_on": TODAY + timedelta(days=15),
        },
    )  # fmt: skip


def test_with_findings_it_is_not_closed_as_without_problem_and_without_them_nothing_is_ordered() -> None:
    with pytest.raises(Conflict, match="发现了问题"):
        an_inspection(State.RECORDED, TEAM, findings=(a_finding(),)).close_without_problem(OFFICER)
    with pytest.raises(Conflict, match="没有发现问题"):
        an_inspection(State.RECORDED, TEAM).order([], signed(TEAM), OFFICER)


def test_the_nearest_deadline_calls_the_recheck() -> None:
    near, far = a_finding(deadline_on=TODAY + timedelta(days=3)), a_finding()
    inspection = an_inspection(State.RECORDED, TEAM, findings=(far, near))

    ordered = inspection.order([], signed(TEAM), OFFICER)

    assert inspection.due_on == near.deadline_on
    assert [(item.finding_id, item.deadline_on) for item in ordered] == [(f.id, f.deadline_on) for f in (far, near)]


def test_what_failed_is_ordered_again_and_what_passed_is_not_rechecked() -> None:
    inspection = an_inspection(State.RECHECK, TEAM, findings=(a_finding(), a_finding()))

    result = inspection.recheck(judged(inspection, True, False), "一项不合格", TEAM, signed(TEAM), OFFICER)

    assert (inspection.state, inspection.due_on) == (State.ORDERED, TODAY + timedelta(days=30))
    assert [item.finding_id for item in result.failed] == [inspection.findings[1].id]
    inspection.fall_due("到期", OFFICER)
    with pytest.raises(Invalid):
        inspection.recheck(judged(inspection, True, True), "合格", TEAM, signed(TEAM), OFFICER)
    last = judged(inspection, True, True)[1:]
    inspection.recheck(last, "合格", TEAM, signed(TEAM), OFFICER)
    assert (inspection.state, inspection.closed_at, inspection.due_on) == (State.CLOSED, NOW, None)


def test_what_is_not_due_yet_may_wait_for_a_later_recheck() -> None:
    near, far = a_finding(deadline_on=TODAY - timedelta(days=1)), a_finding()
    inspection = an_inspection(State.RECHECK, TEAM, findings=(near, far))
    with pytest.raises(Invalid, match="都应复查"):
        inspection.recheck(judged(inspection, True, True)[1:], "合格", TEAM, signed(TEAM), OFFICER)

    inspection.recheck(judged(inspection, True, True)[:1], "合格", TEAM, signed(TEAM), OFFICER)

    assert (inspection.state, inspection.due_on) == (State.ORDERED, far.deadline_on)


@pytest.mark.parametrize(
    ("is_passed", "deadline_on"),
    [(False, None), (True, TODAY), (False, TODAY - timedelta(days=1)), (False, TODAY.replace(year=2028))],
)
def test_a_failed_item_gets_a_deadline_within_a_year_and_a_passed_one_none(is_passed: bool, deadline_on: Any) -> None:
    inspection = an_inspection(State.RECHECK, TEAM, findings=(a_finding(),))

    with pytest.raises(Invalid):
        inspection.recheck(judged(inspection, is_passed, deadline_on=deadline_on), "意见", TEAM, signed(TEAM), OFFICER)


def test_other_officers_of_the_authority_may_recheck() -> None:
    others = a_team()
    inspection = an_inspection(State.RECHECK, TEAM, findings=(a_finding(),))

    inspection.recheck(judged(inspection, True), "合格", others, signed(others), OFFICER)

    assert inspection.state == State.CLOSED


def test_a_finding_of_another_inspection_is_refused() -> None:
    inspection = an_inspection(State.RECORDED, TEAM, findings=(a_finding(),))
    item = {"finding_id": ids.new_id(), "deadline_on": None, "on_site_measure": None}

    with pytest.raises(Invalid):
        inspection.order([item], signed(TEAM), OFFICER)


def test_an_open_inspection_passes_to_the_authority_of_the_new_place_and_a_closed_one_stays() -> None:
    is_open, is_closed = an_inspection(State.ORDERED), an_inspection(State.CLOSED)

    for inspection in (is_open, is_closed):
        inspection.relocate("520203", "FM01", "520203")

    assert (is_open.region, is_open.authority_region) == ("520203", "520203")
    assert (is_closed.region, is_closed.authority_region) == ("520203", "520102")


def test_each_step_is_remembered_with_who_took_it() -> None:
    inspection = an_inspection(team=TEAM)
    inspection.submit(TEAM, OFFICER)

    inspection.return_scheme("请写明事由", Act("leader", "陈队长", NOW, TODAY))

    assert [(s.by_name, s.move, s.before, s.after, s.reason) for s in inspection.history] == [
        ("张建国", "submit_scheme", "scheme_draft", "scheme_pending", None),
        ("陈队长", "return_scheme", "scheme_pending", "scheme_draft", "请写明事由"),
    ]
