"""Listing for supervision (SM-SUPV, rules 7.4)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.hazard.domain.listing import LISTING_NEEDS, MOVES, Move, State, SupervisionListing, authority_of
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.callers import regulator
from tests.unit.hazard.builders import NOW, TODAY, a_listing, a_major, county, days, ours
from tests.unit.state_machine import check

ACTS: dict[Move, Callable[[SupervisionListing], Any]] = {
    Move.LIST: lambda s: s.put_on_list(county(), NOW, TODAY, None),
    Move.REFUSE: lambda s: s.refuse(county(), "已整改"),
    Move.REQUEST_EXTENSION: lambda s: s.request_extension(ours(), days(40), "备件未到", TODAY),
    Move.APPROVE_EXTENSION: lambda s: s.decide_extension(county(), True, None),
    Move.REJECT_EXTENSION: lambda s: s.decide_extension(county(), False, "理由不足"),
    Move.APPLY_LIFT: lambda s: s.apply_lifting(ours(), "治理完成", [], True),
    Move.LIFT: lambda s: s.lift(county(), "验收合格", TODAY, [], NOW, TODAY),
    Move.RETURN: lambda s: s.return_lifting(county(), "未完成"),
}


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-SUPV", MOVES, State)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_only_moves_of_the_table_are_made(state: State, move: Move) -> None:
    listing = a_listing(state)
    before = dict(vars(listing))
    wanted = MOVES.get((state, move))

    if wanted is None:
        with pytest.raises(Conflict):
            ACTS[move](listing)
        assert vars(listing) == before
    else:
        ACTS[move](listing)
        assert listing.status == wanted


@pytest.mark.parametrize("lacking", sorted(LISTING_NEEDS))
def test_listing_settles_duty_requirement_and_deadline(lacking: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_listing(**{lacking: None}).put_on_list(county(), NOW, TODAY, None)

    assert refusal.value.details == {lacking: "必填"}


@pytest.mark.parametrize(
    ("place", "level", "authority"),
    [
        ("520102", "county", "520102"), ("520102001", "county", "520102"), ("520102", "prefecture", "520100"),
        ("520102", "province", "520000"), ("520900", "prefecture", "520900"), ("520900", "province", "520000"),
    ],
)  # fmt: skip
def test_the_authority_of_a_level_is_the_one_around_the_enterprise(place: str, level: str, authority: str) -> None:
    assert authority_of(place, level) == authority


def test_a_functional_area_has_no_county_authority() -> None:
    with pytest.raises(Invalid):
        authority_of("520900", "county")


@pytest.mark.parametrize("by", [ours(), regulator("520103"), regulator("520100"), regulator("520000")])
def test_only_the_authority_of_the_level_decides(by: Caller) -> None:
    for state, act in [
        ("proposed", lambda s: s.put_on_list(by, NOW, TODAY, None)), ("proposed", lambda s: s.refuse(by, "否")),
        ("extension_pending", lambda s: s.decide_extension(by, True, None)),
        ("lift_applied", lambda s: s.lift(by, "合格", TODAY, [], NOW, TODAY)),
        ("lift_applied", lambda s: s.return_lifting(by, "否")),
    ]:  # fmt: skip
        with pytest.raises(Forbidden):
            act(a_listing(state))


def test_who_proposes_does_not_list() -> None:
    both = county()

    with pytest.raises(Forbidden):
        a_listing(proposed_by=both.id).put_on_list(both, NOW, TODAY, None)


def test_lifting_waits_for_the_hazard_to_be_in_acceptance() -> None:
    assert a_major("acceptance").is_in_acceptance and not a_major("assessing").is_in_acceptance

    with pytest.raises(Conflict):
        a_listing("listed").apply_lifting(ours(), "完成", [], False)


@pytest.mark.parametrize("accepted_on", [None, days(1)])
def test_lifting_rests_on_an_acceptance_that_has_been(accepted_on: date | None) -> None:
    with pytest.raises(Invalid):
        a_listing("lift_applied").lift(county(), "合格", accepted_on, [], NOW, TODAY)


@pytest.mark.parametrize(("today", "may"), [(days(30), True), (days(31), False)])
def test_more_time_is_asked_until_the_end_of_the_deadline_day(today: date, may: bool) -> None:
    listing = a_listing("listed")

    if may:
        listing.request_extension(ours(), days(40), "因", today)
    else:
        with pytest.raises(Conflict):
            listing.request_extension(ours(), days(40), "因", today)


@pytest.mark.feature("HAZ-16")
@pytest.mark.parametrize(("today", "is_due"), [(days(15), False), (days(16), True)])
def test_a_gap_of_more_than_15_days_in_the_log_is_flagged(today: date, is_due: bool) -> None:
    listing = a_listing()
    listing.put_on_list(county(), NOW, TODAY, None)

    assert listing.is_log_due(today) is is_due
    listing.log(today)
    assert not listing.is_log_due(today)


def test_a_hazard_that_has_ended_or_is_general_is_not_listed() -> None:
    for hazard in (a_major("closed"), a_major("downgraded")):
        with pytest.raises(Conflict):
            hazard.require_open_major()
