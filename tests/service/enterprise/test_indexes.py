"""The map costs what lies in its part: the enterprises there are found by their place, however many there are around."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from services.kernel.work import Database
from tests.service.enterprise.builders import Desk, a_reviewer
from tests.service.plans import of_a_full, overheard

# Every county of a province of ninety has as many, a fifth of which never said where they are.
MANY = 20_000
FILL = f"""
INSERT INTO enterprise (id, enterprise_id, region, industry, name, basic, review_ground, status, round, drafted_at, version)
SELECT md5('e' || n)::uuid, md5('e' || n)::uuid, (520100 + n % 90)::text || 100 + n % 20, 'GM01', 'e' || n,
    CASE WHEN n % 5 = 0 THEN '{{}}' ELSE jsonb_build_object('longitude', 104 + n % 500 / 100.0, 'latitude', 25 + n % 70 / 20.0) END,
    'new', CASE WHEN n % 30 = 0 THEN 'draft' ELSE 'active' END, 1, now(), 1 FROM generate_series(1, {MANY}) n
"""
BOX = "106.1,26.1,106.3,26.3"
Explained = Callable[..., str]


@pytest.fixture(scope="module")
def explain(owner_engine: Callable[[str], sa.Engine], database: Callable[[str], Database]) -> Iterator[Explained]:
    """Explains what the map asks for somebody, in a table full of enterprises, which are taken back afterwards."""
    desk = Desk(database("enterprise"))
    with of_a_full(owner_engine("enterprise"), "enterprise", FILL) as plan:

        def of(bureau: str, **filters: str) -> str:
            who = a_reviewer(bureau)
            with overheard(desk.database.engine) as asked:
                desk(who, "show_enterprise_map", box=BOX, **filters)
            (question,) = [text for text in asked if "latitude" in text]
            return plan(who.scope, f"EXPLAIN {question}")

        yield of


@pytest.mark.parametrize("of", [{"bureau": "520115"}, {"bureau": "520000", "region": "520115"}, {"bureau": "520100"}])
def test_what_lies_in_a_part_of_the_map_is_found_by_its_place(explain: Explained, of: dict[str, str]) -> None:
    plan = explain(**of)

    found_by = plan.partition("enterprise_on_map")[2].partition("Filter")[0]
    assert "longitude >=" in found_by and "latitude <=" in found_by, plan
    assert "Seq Scan" not in plan
