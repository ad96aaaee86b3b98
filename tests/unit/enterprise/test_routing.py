"""Which authority decides (rules 8.1), and who speaks for it."""

from datetime import date, timedelta

import pytest

from services.enterprise.domain.review_term import due_day
from services.enterprise.domain.routing import (
    Authority,
    Ground,
    Sector,
    may_decide,
    require_transferrer,
    route,
    route_change,
)  # fmt: skip
from services.enterprise.workdays import is_workday
from services.kernel.errors import Forbidden, Invalid
from tests.callers import enterprise_user, regulator

NANMING, GUIYANG, PROVINCE, GUIAN, RENHUAI = "520102", "520100", "520000", "520900", "520382"
ROUTES = [
    (NANMING, "GM01", Ground.ORDINARY, NANMING, Sector.EMERGENCY),
    ("520102003", "GM01", Ground.ORDINARY, NANMING, Sector.EMERGENCY),
    (NANMING, None, Ground.ORDINARY, NANMING, Sector.EMERGENCY),
    (NANMING, "GM01", Ground.SEVERAL_COUNTIES, GUIYANG, Sector.EMERGENCY),
    (NANMING, "GM01", Ground.CROSS_PREFECTURE, PROVINCE, Sector.EMERGENCY),
    (NANMING, "GM01", Ground.PROVINCE_MANAGED, PROVINCE, Sector.EMERGENCY),
    (NANMING, "JZ01", Ground.ORDINARY, NANMING, Sector.HOUSING),
    (NANMING, "JZ", Ground.SEVERAL_COUNTIES, GUIYANG, Sector.HOUSING),
    (NANMING, "JZ03", Ground.PROVINCE_MANAGED, PROVINCE, Sector.HOUSING),
    (GUIAN, "GM01", Ground.ORDINARY, GUIAN, Sector.EMERGENCY),
    (GUIAN, "GM01", Ground.SEVERAL_COUNTIES, GUIAN, Sector.EMERGENCY),
    (GUIAN, "GM01", Ground.PROVINCE_MANAGED, PROVINCE, Sector.EMERGENCY),
    (RENHUAI, "GM05", Ground.ORDINARY, RENHUAI, Sector.EMERGENCY),
    (RENHUAI, "GM05", Ground.PROVINCE_ADMINISTERED_COUNTY, PROVINCE, Sector.EMERGENCY),
]


@pytest.mark.parametrize(("place", "industry", "ground", "region", "sector"), ROUTES)
def test_the_ground_leads_to_the_authority(place: str, industry: str | None, ground: Ground, region: str, sector: Sector) -> None:
    assert route(place, industry, ground, place == RENHUAI) == Authority(region, sector)


def test_only_counties_under_the_province_choose_it_for_that_reason() -> None:
    with pytest.raises(Invalid):
        route(NANMING, "GM01", Ground.PROVINCE_ADMINISTERED_COUNTY, is_province_administered=False)


CHANGES = [
    (NANMING, NANMING, NANMING),
    (NANMING, "520102003", NANMING),
    (NANMING, "520103", GUIYANG),
    (NANMING, "520302", PROVINCE),
    (NANMING, GUIAN, PROVINCE),
    (GUIAN, NANMING, PROVINCE),
]


@pytest.mark.parametrize(("old", "new", "decides"), CHANGES)
def test_a_change_of_region_goes_to_the_nearest_common_superior(old: str, new: str, decides: str) -> None:
    to = route_change(old, new, "GM01", "GM01", Authority(old, Sector.EMERGENCY))

    assert to == Authority(decides, Sector.EMERGENCY)


@pytest.mark.parametrize(
    ("old", "new", "sector"),
    [("JZ01", "JZ02", Sector.HOUSING), ("JZ01", "GM01", Sector.EMERGENCY), ("GM01", "JZ", Sector.EMERGENCY)],
)
def test_a_change_into_or_out_of_construction_goes_to_general_supervision(old: str, new: str, sector: Sector) -> None:
    assert route_change(NANMING, NANMING, old, new, Authority(NANMING, Sector.HOUSING)).sector == sector


def test_only_the_authority_itself_decides() -> None:
    county = Authority(NANMING, Sector.EMERGENCY)

    assert may_decide(county, regulator(NANMING))
    assert not may_decide(county, regulator(GUIYANG))
    assert not may_decide(county, regulator("520103"))
    assert not may_decide(county, enterprise_user("0198e7a0-0000-7000-8000-000000000001", NANMING))


def test_construction_is_decided_by_whoever_supervises_it_by_name() -> None:
    county = Authority(NANMING, Sector.HOUSING)

    assert may_decide(county, regulator(NANMING, industries=("JZ", "RQ")))
    assert not may_decide(county, regulator(NANMING))
    assert not may_decide(county, regulator(NANMING, industries=("YS",)))


@pytest.mark.parametrize("place", [NANMING, GUIYANG, PROVINCE])
def test_the_authority_and_its_superiors_hand_over(place: str) -> None:
    require_transferrer(Authority(NANMING, Sector.EMERGENCY), regulator(place))


@pytest.mark.parametrize("place", ["520103", "520200", GUIAN])
def test_nobody_else_hands_over(place: str) -> None:
    with pytest.raises(Forbidden):
        require_transferrer(Authority(NANMING, Sector.EMERGENCY), regulator(place))


def test_a_subordinate_does_not_take_what_its_superior_has() -> None:
    with pytest.raises(Forbidden):
        require_transferrer(Authority(GUIYANG, Sector.EMERGENCY), regulator(NANMING))


TERMS = [
    (date(2026, 3, 9), date(2026, 3, 16)),  # Monday: the next Monday.
    (date(2026, 3, 13), date(2026, 3, 20)),  # Friday: the next Friday.
    (date(2026, 3, 14), date(2026, 3, 20)),  # Saturday: counting starts on Monday.
    (date(2026, 9, 28), date(2026, 10, 10)),  # Over the National Day holiday, with a Saturday that is worked.
]


@pytest.mark.parametrize(("submitted", "due"), TERMS)
def test_a_review_is_due_on_the_fifth_working_day_after(submitted: date, due: date) -> None:
    assert due_day(submitted, is_workday) == due


def test_a_year_without_a_calendar_counts_monday_to_friday() -> None:
    monday = date(2035, 1, 1)

    assert [is_workday(monday + timedelta(days=i)) for i in range(7)] == [True] * 5 + [False] * 2
