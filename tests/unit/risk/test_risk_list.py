"""SM-RL: every move, every absent pair; who audits; what stands against submitting and filing."""

from itertools import product
from typing import Any

import pytest

from services.kernel.errors import Conflict, Forbidden, Invalid
from services.risk.domain.levels import Level, Tier
from services.risk.domain.list_rules import Stage, Surroundings, findings
from services.risk.domain.risk_list import MOVES, Move, Status, rest_points
from tests.unit.risk.builders import AUDITOR, AUTHOR, MANAGER, NOW, a_line, a_list, a_listed
from tests.unit.state_machine import check

LEVELS = {"p1": "blue"}
ACTS = {
    Move.SUBMIT: lambda x: x.submit(AUTHOR, NOW, []),
    Move.AUDIT_PASS: lambda x: x.audit(AUDITOR, NOW, True, None),
    Move.AUDIT_REJECT: lambda x: x.audit(AUDITOR, NOW, False, "频次不足"),
    Move.FILE: lambda x: x.file(MANAGER, NOW, [], None, LEVELS),
    Move.SUPERSEDE: lambda x: x.supersede(NOW),
    Move.WITHDRAW: lambda x: x.withdraw(NOW, "机构撤销"),
}


def found(*lines: Any, tier: Tier = Tier.WORKSHOP, list_class: Tier = Tier.WORKSHOP, **more: Any) -> Any:
    around = Surroundings(tier, **more)
    return {(f.code, f.stage) for f in findings(list_class, lines, around)}


def test_the_moves_are_those_of_the_state_machine() -> None:
    check("SM-RL", MOVES, Status)


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_a_move_leads_where_the_table_says_and_is_refused_elsewhere(status: Status, move: Move) -> None:
    risk_list = a_list(status=status)

    if (status, move) in MOVES:
        ACTS[move](risk_list)
        assert risk_list.status == MOVES[status, move]
    else:
        with pytest.raises(Conflict) as refused:
            ACTS[move](risk_list)
        assert refused.value.code == "risk_list.illegal_move"
        assert risk_list.status == status


@pytest.mark.feature("RSK-19")
@pytest.mark.parametrize("is_passed", [True, False])
def test_neither_author_nor_submitter_audits(is_passed: bool) -> None:
    risk_list = a_list(author_id="somebody")
    risk_list.submit(AUTHOR, NOW, [])

    for person in (AUTHOR, type(AUTHOR)("somebody", "某人")):
        with pytest.raises(Forbidden):
            risk_list.audit(person, NOW, is_passed, "意见")
    assert risk_list.status == Status.PENDING_AUDIT


def test_sending_back_needs_an_opinion_and_withdrawing_a_filed_list_a_reason() -> None:
    with pytest.raises(Invalid):
        a_list(status=Status.PENDING_AUDIT).audit(AUDITOR, NOW, False, " ")
    with pytest.raises(Invalid):
        a_list(status=Status.FILED).withdraw(NOW, None)
    assert a_list().withdraw(NOW, None) is None


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.DRAFT, Status.REJECTED)])
def test_only_drafts_and_returned_lists_are_edited(status: Status) -> None:
    with pytest.raises(Conflict):
        a_list(status=status).compose([a_line()], None)


def test_a_point_stands_on_a_list_once() -> None:
    with pytest.raises(Invalid, match="两次"):
        a_list(a_line("p1"), a_line("p1", "week"))


@pytest.mark.feature("RSK-16")
def test_eight_times_a_day_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        a_list(a_line(times=8))

    assert refused.value.code == "frequency.too_many"


@pytest.mark.feature("RSK-14")
@pytest.mark.parametrize(("tier", "list_class"), list(product(Tier, Tier)))
def test_the_class_of_a_list_is_the_tier_of_its_unit(tier: Tier, list_class: Tier) -> None:
    wrong = found(a_line(), tier=tier, list_class=list_class, points={"p1": a_listed()})

    assert (("wrong_class", Stage.SUBMIT) in wrong) == (tier != list_class)


@pytest.mark.feature("RSK-01")
def test_a_point_out_of_use_blocks_submitting() -> None:
    assert ("point_not_active", Stage.SUBMIT) in found(a_line(), points={"p1": a_listed(is_active=False)})
    assert ("point_not_active", Stage.SUBMIT) in found(a_line(), points={})


@pytest.mark.feature("RSK-15")
def test_mandatory_items_stay_on_lists_of_the_enterprise_tier() -> None:
    kept = a_line(items=[{"item": "开展事故演练", "standard": None, "mandatory_id": "m1"}])
    points = {"p1": a_listed()}

    missing = found(a_line(), tier=Tier.ENTERPRISE, list_class=Tier.ENTERPRISE, points=points, mandatory={"m1": "开展事故演练"})
    whole = found(kept, tier=Tier.ENTERPRISE, list_class=Tier.ENTERPRISE, points=points, mandatory={"m1": "开展事故演练"})
    lower = found(a_line(), points=points, mandatory={"m1": "开展事故演练"})

    assert ("mandatory_item_missing", Stage.SUBMIT) in missing
    assert "mandatory_item_missing" not in {code for code, _ in whole | lower}


@pytest.mark.feature("RSK-13")
@pytest.mark.parametrize(
    ("level", "stage"), [(Level.RED, Stage.FILE), (Level.ORANGE, Stage.FILE), (Level.YELLOW, None), (Level.BLUE, None)]
)
def test_a_missing_red_or_orange_point_blocks_filing_and_others_warn(level: Level, stage: Stage | None) -> None:
    assert ("point_missing", stage) in found(a_line(), points={"p1": a_listed()}, owed=[a_listed("p2", level)])


@pytest.mark.feature("RSK-24")
@pytest.mark.parametrize("level", list(Level))
def test_a_red_or_orange_point_without_control_plan_blocks_filing(level: Level) -> None:
    blocked = ("control_plan_missing", Stage.FILE) in found(a_line(), points={"p1": a_listed(level=level)})
    planned = found(a_line(), points={"p1": a_listed(level=level, has_control_plan=True)})

    assert blocked == (level in (Level.RED, Level.ORANGE))
    assert "control_plan_missing" not in {code for code, _ in planned}


@pytest.mark.parametrize(("level", "stage"), [(Level.RED, Stage.FILE), (Level.ORANGE, None), (Level.YELLOW, None)])
def test_too_low_a_frequency_blocks_filing_for_red_and_warns_for_others(level: Level, stage: Stage | None) -> None:
    points = {"p1": a_listed(level=level, has_control_plan=True)}

    assert ("frequency_too_low", stage) in found(a_line(period="quarter"), points=points)


def test_findings_that_block_refuse_all_at_once() -> None:
    around = Surroundings(Tier.TEAM, points={"p1": a_listed(is_active=False)})
    wrong = findings(Tier.WORKSHOP, [a_line()], around)

    with pytest.raises(Invalid) as refused:
        a_list().submit(AUTHOR, NOW, wrong)

    assert set(refused.value.details) == {"finding_1", "finding_2"}


@pytest.mark.feature("RSK-19")
def test_what_blocks_filing_does_not_block_submitting() -> None:
    around = Surroundings(Tier.WORKSHOP, points={"p1": a_listed(level=Level.RED)})
    wrong = findings(Tier.WORKSHOP, [a_line()], around)
    risk_list = a_list()

    risk_list.submit(AUTHOR, NOW, wrong)
    risk_list.audit(AUDITOR, NOW, True, None)
    with pytest.raises(Invalid):
        risk_list.file(MANAGER, NOW, wrong, None, LEVELS)

    assert risk_list.status == Status.APPROVED


def test_a_unit_has_one_filed_list_and_only_its_replacement_supersedes_it() -> None:
    filed, other = a_list(status=Status.FILED), a_list(status=Status.APPROVED)
    with pytest.raises(Conflict) as refused:
        other.file(MANAGER, NOW, [], filed, LEVELS)

    other.replaces_id = filed.id
    other.file(MANAGER, NOW, [], filed, LEVELS)

    assert refused.value.code == "risk_list.other_filed"
    assert other.lines[0]["level"] == "blue"


def test_a_replacing_list_gives_the_rest_window_only_to_points_that_had_no_such_line() -> None:
    before = [a_line("p1", "year"), a_line("p2", "quarter"), a_line("p3", "day")]
    after = [a_line("p1", "year"), a_line("p2", "year"), a_line("p3", "quarter"), a_line("p4", "month")]

    assert rest_points(after, before) == {"p2", "p3"}
