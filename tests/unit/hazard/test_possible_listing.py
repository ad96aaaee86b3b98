"""What is offered of a listing is what would be carried out; what is locked says why."""

import pytest

from services.hazard.domain.listing import SupervisionListing
from services.hazard.domain.possible_listing import ACTS, parted
from services.kernel.caller import Caller
from tests.callers import regulator
from tests.unit.hazard.builders import a_listing, county, ours

ALL = {act.name for act in ACTS}


def told(listing: SupervisionListing, by: Caller, is_in_acceptance: bool = False) -> tuple[list[str], dict[str, str]]:
    allowed, locked = parted(listing, by, ALL, is_in_acceptance)
    return allowed, {each["operation"]: each["reason"] for each in locked}


@pytest.mark.feature("HAZ-16")
@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("proposed", ["decide_listing"]),
        ("listed", ["log_supervision"]),
        ("extension_pending", ["decide_listing_extension", "log_supervision"]),
        ("lift_applied", ["decide_lifting", "log_supervision"]),
        ("lifted", []),
        ("rejected", []),
    ],
)
def test_the_authority_is_offered_what_the_listing_waits_for(status: str, offered: list[str]) -> None:
    assert told(a_listing(status), county())[0] == offered


def test_who_proposed_reads_that_another_decides() -> None:
    me = county()

    allowed, locked = told(a_listing("proposed", proposed_by=me.id), me)

    assert allowed == []
    assert locked["decide_listing"] == "不能审批、复查、评估或验收本人提交的事项"


def test_another_authority_reads_whose_turn_it_is() -> None:
    assert told(a_listing("proposed"), regulator("520300"))[1]["decide_listing"] == "须由相应层级的督办机关办理"


def test_the_enterprise_asks_for_lifting_once_the_hazard_waits_for_acceptance() -> None:
    before, locked = told(a_listing("listed"), ours())

    assert before == ["request_listing_extension"]
    assert locked["apply_lifting"] == "隐患治理效果评估通过、进入验收后才能申请摘牌"
    assert told(a_listing("listed"), ours(), is_in_acceptance=True)[0] == ["apply_lifting", "request_listing_extension"]


def test_what_lies_behind_or_has_ended_is_not_spoken_of() -> None:
    assert "decide_listing" not in told(a_listing("listed"), county())[1]
    assert told(a_listing("lifted"), county()) == ([], {})


def test_only_what_the_role_may_is_told() -> None:
    assert parted(a_listing("proposed"), county(), {"log_supervision"}, False)[0] == []
