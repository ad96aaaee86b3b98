"""The map costs what lies in its part: filed points there are found by their place, however many there are around."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from services.kernel.work import Database
from tests.service.plans import of_a_full, overheard
from tests.service.risk.builders import Desk, Rows, World, a_regulator

# Every county of ninety has as many, of which two in three stand on filed lists and four in five know where they are.
MANY = 60_000
FILL = f"""
INSERT INTO enterprise_ref (enterprise_id, region, version, name, status)
SELECT md5('e' || n)::uuid, (520100 + n % 90)::text, 1, 'e' || n, 'active' FROM generate_series(0, 899) n;
INSERT INTO risk_point (id, enterprise_id, region, industry, number, token, unit_id, name, object_type, place, created_at, source,
    factors, accident_standard, accident_types, check_items, is_infrequent, is_proof_demanded, photo_ids, status, level,
    assessments_made, was_published, is_filed, version, longitude, latitude)
SELECT gen_random_uuid(), md5('e' || n % 900)::uuid, (520100 + n % 90)::text, 'GM01', 'T' || n, md5('t' || n), md5('u')::uuid,
    'p' || n, 'equipment', 'p', now(), 'hand', '[]', '1986', '{{}}', '[]', false, false, '{{}}', 'active',
    (ARRAY['red', 'orange', 'yellow', 'blue'])[1 + n % 4], 1, true, n % 3 > 0, 1,
    CASE WHEN n % 5 > 0 THEN 104 + n % 500 / 100.0 END, CASE WHEN n % 5 > 0 THEN 25 + n % 70 / 20.0 END
FROM generate_series(1, {MANY}) n
"""
Explained = Callable[..., str]


@pytest.fixture(scope="module")
def explain(owner_engine: Callable[[str], sa.Engine], database: Callable[[str], Database]) -> Iterator[Explained]:
    """Explains what the map asks for somebody, in a table full of points, which are taken back afterwards."""
    desk = Desk(database("risk"))
    with of_a_full(owner_engine("risk"), "risk_point, enterprise_ref", FILL) as plan:

        def of(bureau: str, **filters: str) -> str:
            who = a_regulator(bureau)
            with overheard(desk.database.engine) as asked:
                desk(who, "show_risk_map", box="106.1,26.1,106.3,26.3", **filters)
            (question,) = [text for text in asked if "latitude" in text]
            return plan(who.scope, f"EXPLAIN {question}")

        yield of


@pytest.mark.parametrize("of", [{"bureau": "520115"}, {"bureau": "520000", "region": "520115"}, {"bureau": "520100"}])
def test_what_lies_in_a_part_of_the_map_is_found_by_its_place(explain: Explained, of: dict[str, str]) -> None:
    plan = explain(**of)

    found_by = plan.partition("risk_point_in_box")[2].partition("Filter")[0]
    assert "map_longitude >=" in found_by and "map_latitude <=" in found_by, plan
    assert "Seq Scan on risk_point" not in plan


def test_a_point_is_on_the_map_where_it_was_put_last(world: World, rows: Rows) -> None:
    point = world.point(longitude="106.71", latitude="26.58")
    degrees = "SELECT map_longitude, map_latitude FROM risk_point WHERE id = :id"
    [made] = rows(degrees, id=point["id"])
    form = {
        name: point[name] for name in ("name", "unit_id", "place", "object_type", "factors", "check_items", "accident_standard")
    }

    world.desk(world.manager, "change_risk_point", risk_point_id=point["id"], **form, longitude="106.72", latitude=None)

    [moved] = rows(degrees, id=point["id"])
    assert [tuple(made.values()), tuple(moved.values())] == [(106.71, 26.58), (106.72, None)]
