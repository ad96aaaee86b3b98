"""SM-RP: every move, every pair that is absent, and what guards them."""

from datetime import date, timedelta
from itertools import product

import pytest

from services.kernel.errors import Conflict, Invalid
from services.risk.domain.levels import Level
from services.risk.domain.risk_point import MOVES, Move, RiskPoint, Status
from tests.unit.risk.builders import ASSESSOR, KINDS, LEC, TODAY, a_factor, a_point, an_active_point
from tests.unit.state_machine import check

ACTS = {
    Move.IDENTIFY: lambda p: p.identify(),
    Move.ASSESS: lambda p: p.assess(ASSESSOR, method="LEC", parameters=LEC[Level.BLUE]),
    Move.PUBLISH: lambda p: p.publish(TODAY),
    Move.REASSESS: lambda p: p.reassess(ASSESSOR, method="LEC", parameters=LEC[Level.BLUE]),
    Move.PUBLISH_VERSION: lambda p: p.publish_version(TODAY),
    Move.RETIRE: lambda p: p.retire("设备拆除", []),
    Move.REOPEN: lambda p: p.reopen(),
}


def in_state(status: Status) -> RiskPoint:
    point = an_active_point(Level.YELLOW)
    point.reassess(ASSESSOR, method="LEC", parameters=LEC[Level.BLUE])
    point.status = status
    return point


def test_the_moves_are_those_of_the_state_machine() -> None:
    check("SM-RP", MOVES, Status)


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_a_move_leads_where_the_table_says_and_is_refused_elsewhere(status: Status, move: Move) -> None:
    point = in_state(status)

    if (status, move) in MOVES:
        ACTS[move](point)
        assert point.status == MOVES[status, move]
    else:
        with pytest.raises(Conflict) as refused:
            ACTS[move](point)
        assert refused.value.code == "risk_point.illegal_move"
        assert point.status == status


def test_a_point_without_a_factor_is_not_identified() -> None:
    point = a_point(factors=[])

    with pytest.raises(Invalid, match="危害因素"):
        point.identify()
    assert point.status == Status.DRAFT


@pytest.mark.parametrize("level", list(Level))
def test_the_level_decides_the_tier(level: Level) -> None:
    tiers = {Level.RED: "enterprise", Level.ORANGE: "department", Level.YELLOW: "workshop", Level.BLUE: "team"}

    point = a_point(level)

    assert (point.level, point.control_tier) == (level, tiers[level])


@pytest.mark.feature("RSK-04")
def test_publishing_names_everything_that_is_missing() -> None:
    point = a_point(Level.ORANGE, factors=[a_factor("engineering", "management")], check_items=[])

    with pytest.raises(Invalid) as refused:
        point.publish(TODAY)

    assert len(refused.value.details) == 4
    assert point.status == Status.ASSESSED


@pytest.mark.feature("RSK-26")
def test_a_point_under_reassessment_stays_in_use_with_the_version_in_force() -> None:
    point = an_active_point(Level.YELLOW)

    point.reassess(ASSESSOR, method="LEC", parameters=LEC[Level.RED])

    assert (point.status, point.level, point.waiting["level"]) == (Status.ACTIVE, Level.YELLOW, Level.RED)
    point.publish_version(TODAY)
    assert (point.status, point.level, point.waiting, point.assessment["number"]) == (Status.ACTIVE, Level.RED, None, 2)


def test_a_version_takes_effect_with_its_factors_and_only_when_they_are_enough() -> None:
    point = an_active_point(Level.BLUE, factors=[a_factor("ppe")])
    point.reassess(ASSESSOR, method="LEC", parameters=LEC[Level.RED])
    with pytest.raises(Invalid):
        point.publish_version(TODAY)

    point.reassess(ASSESSOR, method="LEC", parameters=LEC[Level.RED], factors=[a_factor(*KINDS)])
    point.publish_version(TODAY)

    assert point.level == Level.RED
    assert len(point.factors[0]["measures"]) == 5


def test_without_a_waiting_version_there_is_nothing_to_publish() -> None:
    with pytest.raises(Conflict) as refused:
        an_active_point(Level.BLUE).publish_version(TODAY)

    assert refused.value.code == "risk_point.no_version"


def test_a_direct_level_falls_only_with_a_reason() -> None:
    point = a_point()
    point.assess(ASSESSOR, method="LEC", parameters=LEC[Level.BLUE], direct_rule="DM-03")
    assert point.level == Level.RED

    with pytest.raises(Invalid) as refused:
        point.assess(ASSESSOR, method="LEC", parameters=LEC[Level.BLUE])
    point.assess(ASSESSOR, method="LEC", parameters=LEC[Level.BLUE], reason="危险化学品已全部移出")

    assert refused.value.code == "assessment.rule_still_holds"
    assert point.level == Level.BLUE


@pytest.mark.feature("RSK-23")
def test_reassessment_marks_a_printed_card_as_outdated() -> None:
    point = an_active_point(Level.BLUE)
    point.printed_number = point.assessment["number"]
    assert not point.is_card_outdated

    point.reassess(ASSESSOR, method="LEC", parameters=LEC[Level.YELLOW])
    assert not point.is_card_outdated
    point.publish_version(TODAY)

    assert point.is_card_outdated


def test_what_was_assessed_changes_only_by_a_new_version_while_in_use() -> None:
    point = an_active_point(Level.BLUE)

    point.describe({"responsible_person": "王强"})
    with pytest.raises(Conflict) as refused:
        point.describe({"factors": [a_factor("ppe")]})

    assert refused.value.code == "risk_point.in_use"
    assert point.responsible_person == "王强"


def test_a_point_on_a_filed_list_is_not_retired_and_not_moved() -> None:
    point = an_active_point(Level.BLUE, is_filed=True)

    with pytest.raises(Conflict) as retiring:
        point.retire("拆除", ["一车间清单"])
    with pytest.raises(Conflict) as moving:
        point.describe({"unit_id": "elsewhere"})

    assert retiring.value.code == "risk_point.on_filed_list" and "一车间清单" in retiring.value.message
    assert moving.value.code == "risk_point.on_filed_list"


def test_only_red_and_orange_take_a_control_plan() -> None:
    for level in Level:
        point = a_point(level)
        if level in (Level.RED, Level.ORANGE):
            point.plan_control({"goal": "无事故"})
            assert point.control_plan
        else:
            with pytest.raises(Conflict):
                point.plan_control({"goal": "无事故"})


@pytest.mark.feature("RSK-26")
def test_a_change_calls_for_review_within_30_days_and_publishing_sets_the_yearly_one() -> None:
    point = an_active_point(Level.BLUE)
    assert point.review_due_on == date(2027, 11, 24)

    point.require_review("process", TODAY)
    assert point.review_due_on == TODAY + timedelta(days=30)
    point.require_review("law", TODAY + timedelta(days=10))

    assert point.review_due_on == TODAY + timedelta(days=30)
