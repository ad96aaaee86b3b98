"""What is offered is what would be carried out; what is locked says why in the words of the refusal itself."""

import pytest

from services.hazard.domain.possible import ACTS, parted
from services.kernel.caller import Caller
from tests.unit.hazard.builders import a_hazard, a_major, county, ours

ALL = {act.name for act in ACTS}


def told(hazard: object, by: Caller, stands_in: bool = False) -> tuple[list[str], dict[str, str]]:
    allowed, locked = parted(hazard, by, ALL, stands_in)  # type: ignore[arg-type]
    return allowed, {each["operation"]: each["reason"] for each in locked}


@pytest.mark.parametrize(
    ("status", "first"),
    [
        ("draft", "submit_hazard"),
        ("registered", "confirm_hazard"),
        ("returned", "resubmit_hazard"),
        ("rectifying", "submit_rectification"),
        ("pending_recheck", "recheck_hazard"),
        ("extension_pending", "decide_extension"),
    ],
)
def test_the_first_offer_is_what_the_hazard_waits_for(status: str, first: str) -> None:
    assert told(a_hazard(status), ours())[0][0] == first


@pytest.mark.feature("HAZ-08")
def test_who_rectified_is_not_offered_the_recheck_and_reads_why() -> None:
    me = ours()

    allowed, locked = told(a_hazard("pending_recheck", rectified_by=me.id), me)

    assert "recheck_hazard" not in allowed
    assert locked["recheck_hazard"] == "不能审批、复查、评估或验收本人提交的事项"


def test_a_hazard_assigned_to_another_is_rectified_by_whoever_stands_in_alone() -> None:
    hazard = a_hazard("rectifying", responsible_id="another")

    assert told(hazard, ours())[1]["submit_rectification"] == "该隐患已指派他人整改，请由整改责任人提交"
    assert "submit_rectification" in told(hazard, ours(), stands_in=True)[0]


def test_an_authority_may_urge_an_enterprises_own_hazard_and_nothing_else() -> None:
    allowed, locked = told(a_hazard("rectifying"), county())

    assert allowed == ["comment_hazard"]
    assert locked["submit_rectification"] == "只能办理本企业的隐患"


def test_a_course_does_not_speak_of_the_other_ones_moves() -> None:
    allowed, locked = told(a_hazard("registered"), ours())
    of_major, locked_of_major = told(a_major("registered"), ours())

    assert not {"report_major", "close_major"} & ({*allowed} | locked.keys())
    assert not {"confirm_hazard", "recheck_hazard"} & ({*of_major} | locked_of_major.keys())
    assert of_major[0] == "report_major"


def test_what_lies_behind_is_not_spoken_of() -> None:
    assert (
        not {"submit_hazard", "resubmit_hazard", "revise_hazard", "confirm_hazard"} & told(a_hazard("rectifying"), ours())[1].keys()
    )
    assert "recheck_hazard" in told(a_hazard("rectifying"), ours())[1]
    assert not {"report_major", "submit_plan"} & told(a_major("rectifying"), ours())[1].keys()
    assert "close_major" in told(a_major("rectifying"), ours())[1]


def test_of_what_has_ended_nothing_is_told() -> None:
    assert told(a_hazard("closed"), ours()) == ([], {})


def test_only_what_the_role_may_is_told() -> None:
    assert parted(a_hazard("registered"), ours(), {"recheck_hazard"}, False)[0] == []


@pytest.mark.feature("HAZ-13")
def test_an_open_major_hazard_may_be_proposed_for_listing_until_it_is_listed() -> None:
    assert "propose_listing" in told(a_major("rectifying"), county())[0]
    assert told(a_major("rectifying"), ours())[1]["propose_listing"] == "该事项由监管部门办理"
    assert told(a_major("rectifying", listed=True), county())[1]["propose_listing"] == "该隐患正在挂牌督办，请先办理摘牌"


def test_of_a_general_hazard_no_listing_is_spoken_of() -> None:
    allowed, locked = told(a_hazard("rectifying"), county())

    assert "propose_listing" not in {*allowed} | locked.keys()
