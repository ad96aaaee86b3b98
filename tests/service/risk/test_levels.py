"""Points by level: page after page in that order, each read from an index, from either end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel.caller import EVERYTHING, Scope
from services.kernel.errors import Invalid
from services.risk.tables import LEVEL_RANK
from tests.service.plans import of_a_full
from tests.service.risk.builders import World

MANY = 60_000
FILL = f"""
INSERT INTO risk_point (id, enterprise_id, region, industry, number, token, unit_id, name, object_type, place, created_at, source,
    factors, accident_standard, accident_types, check_items, is_infrequent, is_proof_demanded, photo_ids, status, level,
    assessments_made, was_published, is_filed, version)
SELECT gen_random_uuid(), md5('e' || n % 300)::uuid, (520100 + n % 90)::text, 'GM01', 'T' || n, md5('t' || n),
    md5('u' || n % 300)::uuid, 'p' || n, 'equipment', 'p', now(), 'hand', '[]', '1986', '{{}}', '[]', false, false, '{{}}',
    'active', (ARRAY['red', 'orange', 'yellow', 'blue'])[1 + n % 4], 1, true, n % 3 > 0, 1 FROM generate_series(1, {MANY}) n
"""
OURS = "md5('e7')::uuid"
PROVINCE, COUNTY = Scope(("52",), ("*",), ("*",)), Scope(("520115",), ("*",), ("*",))
IN_PROVINCE, IN_COUNTY = "region >= '52' AND region < '53'", "region >= '520115' AND region < '520116'"
BACK = f"ORDER BY {LEVEL_RANK} DESC, id DESC LIMIT 21"
FORTH = f"ORDER BY {LEVEL_RANK}, id LIMIT 21"
LATER = f"({LEVEL_RANK}, id) > (2, '00000000-0000-0000-0000-00000000000a')"
PAGES = [
    (EVERYTHING, f"enterprise_id = {OURS} {FORTH}", "risk_point_by_level"),
    (EVERYTHING, f"enterprise_id = {OURS} {BACK}", "risk_point_by_level"),
    (EVERYTHING, f"enterprise_id = {OURS} AND {LATER} {FORTH}", "risk_point_by_level"),
    (PROVINCE, f"is_filed AND {IN_PROVINCE} {FORTH}", "risk_point_filed_by_level"),
    (PROVINCE, f"is_filed AND {IN_PROVINCE} {BACK}", "risk_point_filed_by_level"),
    (PROVINCE, f"is_filed AND {IN_PROVINCE} AND {LATER} {FORTH}", "risk_point_filed_by_level"),
]


@pytest.fixture(scope="module")
def full(owner_engine: Callable[[str], sa.Engine]) -> Iterator[Callable[[str, Scope], str]]:
    """Explains a question to a table full of points, which are taken back afterwards."""
    with of_a_full(owner_engine("risk"), "risk_point", FILL) as plan:
        yield lambda where, scope: plan(scope, f"EXPLAIN SELECT id FROM risk_point WHERE {where}")


@pytest.mark.parametrize(("scope", "where", "index"), PAGES)
def test_a_page_by_level_reads_no_more_than_it_shows(
    full: Callable[[str, Scope], str], scope: Scope, where: str, index: str
) -> None:
    plan = full(where, scope)

    assert index in plan and "Sort" not in plan, plan


def test_a_countys_points_by_level_are_read_without_the_rest(full: Callable[[str, Scope], str]) -> None:
    assert "Seq Scan on risk_point" not in full(f"is_filed AND {IN_COUNTY} {FORTH}", COUNTY)


@pytest.mark.feature("RSK-01")
@pytest.mark.parametrize(("sort", "order"), [("level", "RROYYB_"), ("-level", "_BYYORR")])
def test_points_stand_by_level_over_all_pages(world: World, sort: str, order: str) -> None:
    levels = [None, "yellow", "red", "blue", "orange", "yellow", "red"]
    made = [world.desk(world.manager, "create_risk_point", **world.form(level=level))["id"] for level in levels]
    found: list[dict[str, Any]] = []
    cursor = None
    while cursor or not found:
        page = world.desk(world.manager, "list_risk_points", sort=sort, limit=2, cursor=cursor)
        found, cursor = found + page["items"], page["next_cursor"]

    assert "".join((row["level"] or "_")[0].upper() for row in found) == order
    twins = [row["id"] for row in found if row["level"] == "red"]
    assert twins == ([made[2], made[6]] if sort == "level" else [made[6], made[2]])


def test_a_mark_that_belongs_to_another_order_is_refused(world: World) -> None:
    world.point(), world.point()
    cursor = world.desk(world.manager, "list_risk_points", limit=1)["next_cursor"]

    with pytest.raises(Invalid, match=r"page\.bad_cursor"):
        world.desk(world.manager, "list_risk_points", sort="level", limit=1, cursor=cursor)
