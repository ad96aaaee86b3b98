"""Hazards made by others' announcements: findings of inspections (R16, R33), failed check items (rules 2.9)."""

from datetime import timedelta
from typing import Any

import pytest

from services.hazard.domain.hazard import Hazard
from services.kernel.caller import system
from tests.unit.hazard.builders import NOW, TODAY, a_hazard, a_major, days

REACTOR = system("hazard")


@pytest.mark.parametrize(
    ("hazard_class", "status"), [("general_limited", "rectifying"), ("general_on_site", "rectifying"), ("major", "reported")]
)
def test_a_finding_is_in_rectification_at_once_and_a_major_one_reported(hazard_class: str, status: str) -> None:
    hazard = a_hazard("draft", hazard_class=hazard_class, deadline_on=None, authority_region="520102")

    hazard.register_by_inspection(days(15), NOW, TODAY)

    assert hazard.status == status
    assert {hazard.deadline_on, hazard.first_deadline_on, hazard.approved_deadline_on} == {days(15)}


def test_an_order_changes_the_deadline_from_which_terms_are_measured() -> None:
    hazard = a_hazard("rectifying")

    assert hazard.order(days(20), days(1)) is not None
    assert (hazard.deadline_on, hazard.first_deadline_on, hazard.term_from_on) == (days(20), days(20), TODAY)
    assert hazard.order(days(20), days(1)) is None
    assert a_hazard("closed").order(days(20), days(1)) is None


def settle(hazard: Hazard, is_passed: bool, **values: Any) -> list[Any]:
    given: dict[str, Any] = {"deadline_on": None if is_passed else days(10)}
    return hazard.settle_inspection_recheck(REACTOR, is_passed, "复查意见", now=NOW, today=TODAY, **given | values)


@pytest.mark.parametrize("status", ["rectifying", "extension_pending", "pending_recheck"])
def test_a_passed_recheck_closes_whatever_was_entered(status: str) -> None:
    hazard = a_hazard(status, inspection_id="x", authority_region="520102")

    facts = settle(hazard, True)

    assert (hazard.status, hazard.closed_at, [f.type for f in facts]) == ("closed", NOW, ["hazard.closed.v1"])
    assert hazard.extension_to_on is None


@pytest.mark.parametrize("status", ["rectifying", "extension_pending", "pending_recheck"])
def test_a_failed_recheck_sends_back_with_the_orders_new_day(status: str) -> None:
    hazard = a_hazard(status, inspection_id="x", authority_region="520102")

    facts = settle(hazard, False)

    assert (hazard.status, hazard.deadline_on, hazard.approved_deadline_on) == ("rectifying", days(10), days(7))
    assert [f.type for f in facts] == ["hazard.recheck_failed.v1"]


def test_a_recheck_neither_closes_a_major_hazard_nor_touches_an_ended_one() -> None:
    hazard = a_major("acceptance", inspection_id="x", authority_region="520102")

    assert settle(hazard, True) and hazard.status == "acceptance"
    assert settle(a_major("closed"), True) == [] and settle(a_hazard("closed"), False) == []


@pytest.mark.parametrize(
    ("is_suspected", "removed_by", "status", "suspected"),
    [
        (False, None, "registered", False), (False, "当场清理", "closed_on_site", False), (True, None, "registered", True),
        (True, "当场清理", "registered", True),
    ],
)  # fmt: skip
def test_a_failed_item_is_closed_on_site_when_removed_unless_it_may_be_major(
    is_suspected: bool, removed_by: str | None, status: str, suspected: bool
) -> None:
    hazard = a_hazard("draft", deadline_on=None)

    hazard.register_from_check(is_suspected, removed_by, NOW, TODAY)

    assert (hazard.status, hazard.suspected_major) == (status, suspected)


def test_a_check_made_by_a_fast_clock_is_found_now() -> None:
    hazard = a_hazard("draft", found_at=NOW + timedelta(hours=2))

    hazard.register_from_check(False, None, NOW, TODAY)

    assert hazard.found_at == NOW
