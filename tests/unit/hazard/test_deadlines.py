"""Deadlines, extensions and overdue (rules 7.1, 7.5; R12, R15)."""

from datetime import date
from typing import Any

import pytest

from services.hazard.domain import general, major
from services.hazard.domain.hazard import Hazard
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.callers import regulator
from tests.unit.hazard.builders import NOW, TODAY, a_hazard, a_major, county, days, ours

ENTERPRISE_ACTS = {"registered", "returned", "rectifying", "extension_pending"}
MAJOR_ENTERPRISE_ACTS = {"registered", "reported", "planning", "plan_review", "rectifying", "extension_pending"}


@pytest.mark.feature("HAZ-15")
@pytest.mark.parametrize(("today", "is_overdue"), [(days(6), False), (days(7), False), (days(8), True)])
def test_the_due_day_itself_is_in_time(today: date, is_overdue: bool) -> None:
    assert a_hazard("rectifying", deadline_on=days(7)).is_overdue(today) is is_overdue


@pytest.mark.parametrize("state", list(general.State))
def test_a_general_hazard_is_overdue_while_the_enterprise_has_to_act(state: general.State) -> None:
    assert a_hazard(state, deadline_on=days(-1)).is_overdue(TODAY) is (state in ENTERPRISE_ACTS)


@pytest.mark.parametrize("state", list(major.State))
def test_a_major_hazard_is_overdue_while_the_enterprise_has_to_act(state: major.State) -> None:
    assert a_major(state, deadline_on=days(-1)).is_overdue(TODAY) is (state in MAJOR_ENTERPRISE_ACTS)


def test_without_a_deadline_nothing_is_overdue() -> None:
    assert not a_hazard("registered", deadline_on=None).is_overdue(TODAY)


def ask(hazard: Hazard, to: int, today: date = TODAY) -> None:
    hazard.request_extension(ours(), days(to), "备件未到", "专人值守", "新方案", NOW, today)


@pytest.mark.feature("HAZ-24")
@pytest.mark.parametrize(
    ("to", "today", "extensions", "refusal"),
    [
        (14, 0, 0, None), (15, 0, 0, Invalid), (8, 7, 0, None), (9, 8, 0, Conflict), (7, 0, 0, Invalid), (10, 0, 1, None),
        (10, 0, 2, Conflict),
    ],
)  # fmt: skip
def test_two_extensions_asked_in_time_within_twice_the_first_term(
    to: int, today: int, extensions: int, refusal: type[Exception] | None
) -> None:
    hazard = a_hazard("rectifying", extensions=extensions)

    if refusal is None:
        ask(hazard, to, days(today))
        assert hazard.status == "extension_pending"
    else:
        with pytest.raises(refusal):
            ask(hazard, to, days(today))
        assert (hazard.status, hazard.extension_to_on) == ("rectifying", None)


def test_a_granted_extension_moves_the_deadline_and_a_refused_one_does_not() -> None:
    granted, refused = a_hazard("rectifying"), a_hazard("rectifying")
    for hazard in (granted, refused):
        ask(hazard, 12)

    granted.decide_extension(ours(), True, None)
    refused.decide_extension(ours(), False, "理由不足")

    assert (granted.deadline_on, granted.approved_deadline_on, granted.extensions) == (days(12), days(12), 1)
    assert (refused.deadline_on, refused.approved_deadline_on, refused.extensions) == (days(7), days(7), 0)
    assert granted.extension_to_on is None and granted.first_deadline_on == days(7)


def test_a_refusal_of_an_extension_has_its_reason() -> None:
    with pytest.raises(Invalid):
        a_hazard("extension_pending").decide_extension(ours(), False, None)


def test_the_extension_of_a_major_hazard_needs_a_new_plan() -> None:
    with pytest.raises(Invalid):
        a_major("rectifying").request_extension(ours(), days(9), "因", "措施", None, NOW, TODAY)


DECIDERS = [
    (a_hazard, {}, ours(), True), (a_hazard, {}, county(), True), (a_hazard, {"authority_region": "520102"}, ours(), False),
    (a_hazard, {"authority_region": "520102"}, county(), True),
    (a_hazard, {"authority_region": "520102"}, regulator("520100"), False),
    (a_major, {}, ours(), False), (a_major, {}, county(), True), (a_major, {"authority_region": "520102"}, county(), True),
    (a_major, {"authority_region": "520102"}, ours(), False),
]  # fmt: skip


@pytest.mark.parametrize(("made", "values", "by", "may"), DECIDERS)
def test_the_inspecting_authority_decides_on_what_it_found_and_a_regulator_on_major_ones(
    made: Any, values: dict[str, Any], by: Caller, may: bool
) -> None:
    hazard = made("extension_pending", **values)

    if may:
        hazard.decide_extension(by, True, None)
        assert hazard.status == "rectifying"
    else:
        with pytest.raises(Forbidden):
            hazard.decide_extension(by, True, None)


def test_the_passing_of_a_deadline_is_told_of_that_deadline() -> None:
    hazard = a_hazard("rectifying", deadline_on=days(-1))

    assert hazard.pass_deadline(TODAY).type == "hazard.overdue.v1"
    assert hazard.announced_deadline_on == days(-1)
    with pytest.raises(Conflict):
        a_hazard("rectifying").pass_deadline(TODAY)
