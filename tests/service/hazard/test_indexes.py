"""Lists and jobs cost the same at many hazards as at few: each question is answered from an index."""

import csv
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from services.kernel.caller import EVERYTHING, Scope
from services.runtime.migrate import folder_of
from tests.service.plans import of_a_full

MANY = 60_000
with (folder_of("enterprise") / "catalogues" / "regions.csv").open(encoding="utf-8") as lines:
    COUNTIES = [row["code"] for row in csv.DictReader(lines) if row["level"] == "county"]
# Of twenty townships of each county of the province, the newest last, as ids of their making have it.
REGION = f"('{{{','.join(COUNTIES)}}}'::text[])[1 + n % {len(COUNTIES)}] || 100 + n / {len(COUNTIES)} % 20"
FILL = f"""
INSERT INTO hazard (id, enterprise_id, region, industry, version, number, source, hazard_class, status, suspected_major, place,
    description, photos, found_at, found_by, found_by_name, deadline_on, announced_deadline_on, extensions, after_photos, attempts,
    is_report_late, progress, is_acceptance_late, listed, finding_id, check_id, item_no, longitude, latitude)
SELECT ('019b' || lpad(to_hex(n), 8, '0') || '70008000000000000000')::uuid, md5('e' || n % 600)::uuid, {REGION}, 'GM01', 1,
    'T' || n, 'self_check',
    CASE WHEN n % 200 = 0 THEN 'major' ELSE 'general_limited' END,
    CASE WHEN n % 20 = 0 THEN 'rectifying' ELSE 'closed' END, false, 'p', 'd', '{{}}', now(), 'x', 'x', date '2026-01-01' + n % 300,
    CASE WHEN n % 100 <> 0 THEN date '2026-01-01' + n % 300 END, 0, '{{}}', 0, false, 0, false, false, md5('f' || n)::uuid,
    md5('c' || n)::uuid, 1, 104 + n % 500 / 100.0, 25 + n % 70 / 20.0 FROM generate_series(1, {MANY}) n
"""
ONE = "'00000000-0000-0000-0000-00000000000a'"
OURS = "(SELECT md5('e7')::uuid)"
PROVINCE, COUNTY = Scope(("52",), ("*",), ("*",)), Scope(("520115",), ("*",), ("*",))
IN_PROVINCE, IN_COUNTY = "region >= '52' AND region < '53'", "region >= '520115' AND region < '520116'"
ACTS = "('extension_pending', 'plan_review', 'planning', 'rectifying', 'registered', 'reported', 'returned')"
DUE = f"deadline_on < '2026-06-01' AND status IN {ACTS}"
OPEN = "status NOT IN ('cancelled', 'closed', 'closed_on_site', 'downgraded') AND status <> 'draft'"
# What a page asks, and the index in whose order its rows are read until it is full, without sorting the rest.
PAGES = [
    (PROVINCE, f"{IN_PROVINCE} ORDER BY id DESC LIMIT 20", "hazard_pkey"),
    (PROVINCE, f"{IN_PROVINCE} AND status = 'rectifying' ORDER BY id DESC LIMIT 20", "hazard_by_status"),
    (PROVINCE, f"{IN_PROVINCE} AND hazard_class = 'major' AND status <> 'draft' ORDER BY id DESC LIMIT 20", "hazard_major"),
    (PROVINCE, f"{IN_PROVINCE} AND deadline_on IS NOT NULL ORDER BY deadline_on, id LIMIT 20", "hazard_by_deadline"),
    (PROVINCE, f"{IN_PROVINCE} AND {DUE} ORDER BY deadline_on, id LIMIT 20", "hazard_due"),
    (EVERYTHING, f"{DUE} AND announced_deadline_on IS DISTINCT FROM deadline_on ORDER BY deadline_on, id LIMIT 200",
     "hazard_unannounced"),
]  # fmt: skip
FINDS = [
    (EVERYTHING, f"finding_id = {ONE}", "hazard_finding_taken"),
    (EVERYTHING, f"check_id = {ONE} AND item_no = 1", "hazard_check_item_taken"),
    (EVERYTHING, f"enterprise_id = {OURS} ORDER BY id DESC LIMIT 20", "hazard_of|hazard_found"),
    (COUNTY, f"{IN_COUNTY} AND id = {ONE}", "hazard_pkey"),
    (
        PROVINCE,
        f"{IN_COUNTY} AND {OPEN} AND longitude BETWEEN 106 AND 106.2 AND latitude BETWEEN 26 AND 26.2 LIMIT 201",
        "hazard_on_map",
    ),
]


@pytest.fixture(scope="module")
def full(owner_engine: Callable[[str], sa.Engine]) -> Iterator[Callable[[str, Scope], str]]:
    """Explains a question to a table full of hazards, which are taken back afterwards."""
    with of_a_full(owner_engine("hazard"), "hazard", FILL) as plan:
        yield lambda where, scope: plan(scope, f"EXPLAIN SELECT id FROM hazard WHERE {where}")


@pytest.mark.parametrize(("scope", "where", "index"), PAGES)
def test_a_page_of_the_province_reads_no_more_than_it_shows(
    full: Callable[[str, Scope], str], scope: Scope, where: str, index: str
) -> None:
    plan = full(where, scope)

    assert index in plan and "Sort" not in plan, plan


@pytest.mark.parametrize(("scope", "where", "index"), FINDS)
def test_what_is_looked_for_is_found_by_an_index(full: Callable[[str, Scope], str], scope: Scope, where: str, index: str) -> None:
    plan = full(where, scope)

    assert any(name in plan for name in index.split("|")), plan
    assert "hazard_by_region" not in plan and "Seq Scan" not in plan


def test_the_newest_hazards_of_a_county_are_read_without_the_rest(full: Callable[[str, Scope], str]) -> None:
    assert "Seq Scan on hazard" not in full(f"{IN_COUNTY} ORDER BY id DESC LIMIT 20", COUNTY)


@pytest.mark.parametrize("filters", ["", "AND status = 'closed' AND hazard_class = 'general_limited'"])
def test_a_page_of_any_county_sorts_nothing(full: Callable[[str, Scope], str], filters: str) -> None:
    """Of a county that is taken to have next to nothing, everything would be read and sorted."""
    sorting = {}
    for county in COUNTIES:
        within = f"region >= '{county}' AND region < '{int(county) + 1}'"
        plan = full(f"{within} {filters} ORDER BY id DESC LIMIT 11", Scope((county,), ("*",), ("*",)))
        if "Sort" in plan:
            sorting[county] = plan

    assert not sorting
