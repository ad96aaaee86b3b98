"""Registration, review, deletion and closing (SM-ENT)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.enterprise.contract.basic import KEY_FIELDS, REQUIRED
from services.enterprise.domain import events
from services.enterprise.domain.enterprise import MOVES, Enterprise, Move, Status
from services.enterprise.domain.routing import Authority, Sector
from services.kernel.errors import Conflict, Forbidden, Invalid
from tests.unit.enterprise.builders import COUNTY, DUE, NOW, TODAY, an_enterprise, content
from tests.unit.state_machine import check

ACTS: dict[Move, Callable[[Enterprise], Any]] = {
    Move.SUBMIT: lambda e: e.submit(REQUIRED, COUNTY, DUE, "applicant", NOW),
    Move.APPROVE: lambda e: e.approve("reviewer", "王", None, NOW),
    Move.REJECT: lambda e: e.reject("reviewer", "王", "地址不详", NOW),
    Move.WITHDRAW: lambda e: e.withdraw(),
    Move.SUSPEND: lambda e: e.suspend(TODAY, "seasonal"),
    Move.RESUME: lambda e: e.resume(TODAY),
    Move.DELETE: lambda e: e.delete("reviewer", "王", "重复注册", NOW),
    Move.EXPIRE_DRAFT: lambda e: e.expire_draft("system", "系统", NOW + timedelta(days=30)),
    Move.RESTORE: lambda e: e.restore(TODAY, TODAY),
    Move.CLOSE: lambda e: e.close("reviewer", "王", "已注销登记", NOW),
}
ACT_ROWS = [(state, move) for state in Status for move in ACTS]


def test_the_table_of_moves_is_that_of_the_machine() -> None:
    check("SM-ENT", MOVES, Status)


@pytest.mark.parametrize(("state", "move"), ACT_ROWS, ids=lambda v: str(v))
def test_only_moves_of_the_table_are_made(state: Status, move: Move) -> None:
    enterprise = an_enterprise(status=state, name="贵阳新名", status_before="active", submitted_content=content())
    if state == Status.REJECTED and move == Move.SUBMIT:
        move = Move.RESUBMIT
    wanted = MOVES.get((state, move))
    act = ACTS[Move.SUBMIT if move == Move.RESUBMIT else move]

    if wanted is None:
        with pytest.raises(Conflict):
            act(enterprise)
        assert enterprise.status == state
    else:
        act(enterprise)
        assert enterprise.status == wanted


def test_what_was_suspended_before_its_deletion_is_suspended_again() -> None:
    enterprise = an_enterprise(status="suspended")
    enterprise.delete("reviewer", "王", "误删", NOW)

    enterprise.restore(TODAY, TODAY)

    assert enterprise.status == Status.SUSPENDED


@pytest.mark.parametrize("before", ["pending", "rejected", "draft"])
def test_what_was_never_approved_is_not_restored(before: str) -> None:
    with pytest.raises(Conflict, match="重新申报"):
        an_enterprise(status="deleted", status_before=before).restore(TODAY, TODAY)


def test_the_180th_day_still_restores_and_the_next_does_not() -> None:
    last = TODAY + timedelta(days=180)

    an_enterprise(status="deleted", status_before="active").restore(TODAY, last)

    with pytest.raises(Conflict, match="180天"):
        an_enterprise(status="deleted", status_before="active").restore(TODAY, last + timedelta(days=1))


@pytest.mark.parametrize("code", sorted(REQUIRED))
def test_submission_names_each_required_field_that_is_missing(code: str) -> None:
    enterprise = an_enterprise()
    if code in Enterprise.__dataclass_fields__:
        setattr(enterprise, code, None)
    else:
        enterprise.basic = {k: v for k, v in enterprise.basic.items() if k != code}

    with pytest.raises(Invalid) as refusal:
        enterprise.submit(REQUIRED, COUNTY, DUE, "applicant", NOW)

    assert refusal.value.details == {code: "必填"}
    assert REQUIRED[code] in refusal.value.message


def test_a_required_no_is_an_answer() -> None:
    enterprise = an_enterprise(has_safety_organisation=False, employees=0)

    assert enterprise.missing(REQUIRED) == []


def test_submission_remembers_where_it_went_and_how_long_it_may_take() -> None:
    enterprise = an_enterprise()

    enterprise.submit(REQUIRED, COUNTY, DUE, "applicant", NOW)

    assert (enterprise.authority, enterprise.review_due_on, enterprise.round) == (COUNTY, DUE, 1)


def test_a_resubmission_without_a_change_is_refused() -> None:
    enterprise = an_enterprise(status="rejected")

    with pytest.raises(Conflict, match="没有变化"):
        enterprise.submit(REQUIRED, COUNTY, DUE, "applicant", NOW)


def test_each_resubmission_is_one_round_more() -> None:
    enterprise = an_enterprise(status="rejected")
    enterprise.fill({"principal": "李四"})

    enterprise.submit(REQUIRED, COUNTY, DUE, "applicant", NOW)

    assert enterprise.round == 2


def test_a_submission_after_a_withdrawal_is_the_same_round() -> None:
    enterprise = an_enterprise(status="pending")
    enterprise.withdraw()

    enterprise.submit(REQUIRED, COUNTY, DUE, "applicant", NOW)

    assert enterprise.round == 1


@pytest.mark.parametrize("status", ["pending", "active", "suspended", "deleted", "closed"])
def test_a_submitted_application_is_locked(status: str) -> None:
    with pytest.raises(Conflict):
        an_enterprise(status=status).fill({"principal": "李四"})


def test_a_rejection_needs_its_reason() -> None:
    with pytest.raises(Invalid):
        an_enterprise(status="pending").reject("reviewer", "王", "", NOW)


def test_who_submitted_does_not_decide() -> None:
    with pytest.raises(Forbidden):
        an_enterprise(status="pending", submitted_by="both").approve("both", "王", None, NOW)


def test_a_prefecture_is_too_wide_for_a_place_of_operation() -> None:
    with pytest.raises(Invalid):
        an_enterprise().fill({"region": "520100"})


@pytest.mark.parametrize("place", ["520102", "520900", "520102001"])
def test_counties_townships_and_the_new_area_are_places_of_operation(place: str) -> None:
    enterprise = an_enterprise()

    enterprise.fill({"region": place})

    assert enterprise.region == place


def test_a_change_of_region_tells_the_old_one() -> None:
    enterprise = an_enterprise(status="active")

    fact = enterprise.apply_change({"region": "520103"}, Authority("520103", Sector.EMERGENCY))

    assert fact == events.EnterpriseRegionChanged("520102")
    assert enterprise.authority.region == "520103"


def test_a_change_of_name_is_a_plain_change() -> None:
    fact = an_enterprise(status="suspended").apply_change({"name": "新名"}, COUNTY)

    assert fact == events.EnterpriseChanged()


@pytest.mark.parametrize("status", ["draft", "pending", "rejected", "deleted", "closed"])
def test_only_registered_enterprises_change_their_information(status: str) -> None:
    with pytest.raises(Conflict):
        an_enterprise(status=status).update({"principal": "李四"})


def test_key_fields_are_those_of_the_machine() -> None:
    named = {"name", "unified_credit_code", "region", "industry", "legal_representative", "registered_address", "operating_address"}

    assert named == KEY_FIELDS


def test_a_transfer_keeps_the_term_and_changes_the_authority() -> None:
    enterprise = an_enterprise(status="pending", review_due_on=DUE)

    enterprise.transfer(Authority("520100", Sector.EMERGENCY))

    assert (enterprise.authority.region, enterprise.review_due_on) == ("520100", DUE)


@pytest.mark.parametrize("receiver", ["520103", "520200"])
def test_a_review_goes_only_where_the_enterprise_lies(receiver: str) -> None:
    with pytest.raises(Invalid):
        an_enterprise(status="pending").transfer(Authority(receiver, Sector.EMERGENCY))


def test_a_draft_lives_thirty_days() -> None:
    enterprise = an_enterprise()

    with pytest.raises(Conflict):
        enterprise.expire_draft("system", "系统", NOW + timedelta(days=29, hours=23))
    enterprise.expire_draft("system", "系统", NOW + timedelta(days=30))

    assert enterprise.restorable_until(date(2026, 4, 9)) is None
