"""Registration and confirmation of general hazards (rules 2.9, 7.1): proof, class, person, first term."""

from datetime import timedelta
from typing import Any

import pytest

from services.kernel.errors import Conflict, Invalid
from tests.unit.hazard.builders import NOW, PHOTO, TODAY, a_hazard, days, on_site, ours


@pytest.mark.feature("HAZ-02")
def test_a_suspected_major_hazard_is_not_closed_on_site() -> None:
    with pytest.raises(Conflict) as refusal:
        on_site(a_hazard("draft", suspected_major=True)).register(NOW, TODAY)

    assert refusal.value.code == "hazard.suspected_major"


@pytest.mark.parametrize(
    ("values", "is_proof"),
    [
        ({"measure_taken": "当场清理"}, True), ({"photos": PHOTO, "after_photos": PHOTO}, True),
        ({"photos": PHOTO}, False), ({"after_photos": PHOTO}, False), ({}, False),
    ],
)  # fmt: skip
def test_removal_on_site_is_proved_by_words_or_by_photographs_before_and_after(values: dict[str, Any], is_proof: bool) -> None:
    hazard = a_hazard("draft", hazard_class="general_on_site", **values)

    if is_proof:
        hazard.register(NOW, TODAY)
        assert (hazard.status, hazard.closed_at, hazard.deadline_on) == ("closed_on_site", NOW, None)
    else:
        with pytest.raises(Invalid):
            hazard.register(NOW, TODAY)


def test_a_phone_sends_a_photograph() -> None:
    with pytest.raises(Invalid):
        a_hazard("draft").register(NOW, TODAY, is_mobile=True)

    assert a_hazard("draft", photos=PHOTO).register(NOW, TODAY, is_mobile=True)


@pytest.mark.parametrize(("seconds", "is_refused"), [(-60, False), (299, False), (301, True)])
def test_nothing_is_found_in_the_future(seconds: int, is_refused: bool) -> None:
    hazard = a_hazard("draft", found_at=NOW + timedelta(seconds=seconds))

    if is_refused:
        with pytest.raises(Invalid):
            hazard.register(NOW, TODAY)
    else:
        hazard.register(NOW, TODAY)


@pytest.mark.feature("HAZ-03")
@pytest.mark.parametrize(("days_left", "is_refused"), [(-1, True), (0, False), (5, False)])
def test_a_deadline_in_the_past_is_refused_at_registration(days_left: int, is_refused: bool) -> None:
    hazard = a_hazard("draft", deadline_on=days(days_left))

    if is_refused:
        with pytest.raises(Invalid):
            hazard.register(NOW, TODAY)
    else:
        hazard.register(NOW, TODAY)
        assert hazard.deadline_on == days(days_left)


def test_until_it_is_confirmed_the_default_term_holds() -> None:
    hazard = a_hazard("draft", deadline_on=None)

    hazard.register(NOW, TODAY)

    assert hazard.deadline_on == days(7)


@pytest.mark.feature("HAZ-04")
def test_whoever_may_judge_registers_a_major_hazard_which_owes_its_report_in_24_hours() -> None:
    hazard = a_hazard("draft", deadline_on=None)
    hazard.classify("major", False, may_declare_major=True)

    hazard.register(NOW, TODAY)

    assert (hazard.is_major, hazard.status, hazard.report_due_at) == (True, "registered", NOW + timedelta(hours=24))


@pytest.mark.parametrize(("status", "may"), [("draft", False), ("returned", True)])
def test_whoever_may_not_judge_and_what_is_under_way_can_only_be_suspected(status: str, may: bool) -> None:
    hazard = a_hazard(status)

    hazard.classify("major", False, may_declare_major=may)

    assert (hazard.hazard_class, hazard.suspected_major) == ("general_limited", True)


def test_what_was_sent_back_cannot_become_removed_on_site() -> None:
    with pytest.raises(Invalid):
        a_hazard("returned").classify("general_on_site", False, may_declare_major=False)


@pytest.mark.feature("HAZ-06")
@pytest.mark.parametrize(
    ("suspected", "reason", "is_refused"), [(True, None, True), (True, "仅外观缺损", False), (False, None, False)]
)
def test_a_suspected_major_hazard_stays_general_for_a_written_reason(suspected: bool, reason: str | None, is_refused: bool) -> None:
    hazard = a_hazard("registered", suspected_major=suspected)

    if is_refused:
        with pytest.raises(Invalid):
            hazard.confirm(ours(), None, reason, None, NOW, TODAY)
    else:
        hazard.confirm(ours(), None, reason, None, NOW, TODAY)
        assert hazard.class_reason == reason


@pytest.mark.parametrize("lacking", ["responsible_name", "measure"])
def test_confirmation_needs_person_and_measure(lacking: str) -> None:
    with pytest.raises(Invalid):
        a_hazard("registered", **{lacking: None}).confirm(ours(), None, None, None, NOW, TODAY)


@pytest.mark.parametrize(("given", "wanted"), [(None, 7), (0, 0), (30, 30), (31, None), (-1, None)])
def test_the_first_term_is_7_days_by_default_and_30_at_most(given: int | None, wanted: int | None) -> None:
    hazard = a_hazard("registered", deadline_on=None)
    asked = None if given is None else days(given)

    if wanted is None:
        with pytest.raises(Invalid):
            hazard.confirm(ours(), asked, None, None, NOW, TODAY)
    else:
        hazard.confirm(ours(), asked, None, None, NOW, TODAY)
        assert {hazard.deadline_on, hazard.first_deadline_on, hazard.approved_deadline_on} == {days(wanted)}
