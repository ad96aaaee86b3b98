"""A page of the trail costs the same at many rows as at few: in its order, by its filters and in a span of time."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.kernel import clock
from services.kernel.caller import EVERYTHING, Scope
from services.trail.queries import first_id
from tests.service.plans import of_a_full

MANY = 60_000
# Two months of rows, of 3000 people and 1000 enterprises.
FILL = f"""
INSERT INTO audit (id, at, operation, result, actor, actor_name, actor_kind, request_id, region, industry, enterprise_id, changes)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || '8' || substr(md5(n::text), 1, 15))::uuid, at,
    'x.done', 'done', 'actor' || n % 3000, '某人', 'enterprise', 'request' || n, (520100 + n % 90)::text, 'GM01',
    md5('e' || n % 1000)::uuid, '{{}}'
FROM (SELECT n, now() - n * interval '60 days' / {MANY} AS at FROM generate_series(1, {MANY}) n) r
"""
COUNTY, ONE = Scope(("520115",), ("*",), ("*",)), "md5('e7')::uuid"
ORDER = "ORDER BY id DESC LIMIT 21"
PAGES = [
    (EVERYTHING, ORDER, "pkey"),
    (EVERYTHING, f"WHERE actor = 'actor7' {ORDER}", "actor_id_idx"),
    (EVERYTHING, f"WHERE actor = 'nobody' {ORDER}", "actor_id_idx"),
    (EVERYTHING, f"WHERE enterprise_id = {ONE} {ORDER}", "enterprise_id_id_idx"),
    (COUNTY, f"WHERE region >= '520115' AND region < '520116' AND actor = 'actor7' {ORDER}", "actor_id_idx"),
    (EVERYTHING, f"WHERE request_id = 'request7' {ORDER}", "request_id_idx"),
]


@pytest.fixture(scope="module")
def explain(owner_engine: Callable[[str], sa.Engine]) -> Iterator[Callable[..., str]]:
    """Explains a question to a trail of many rows, which are taken back afterwards."""
    with of_a_full(owner_engine("stats"), "audit", FILL) as plan:
        yield lambda scope, rest: plan(scope, f"EXPLAIN (ANALYZE) SELECT * FROM audit {rest}")


@pytest.mark.parametrize(("scope", "rest", "index"), PAGES)
def test_a_page_reads_few_rows_besides_those_it_shows(explain: Callable[..., str], scope: Scope, rest: str, index: str) -> None:
    plan = explain(scope, rest)

    looked_at = re.findall(r"Scan.*actual time=\S+ rows=(\d+)|Rows Removed by Filter: (\d+)", plan)
    assert index in plan and sum(int(rows or removed) for rows, removed in looked_at) <= 100, plan


def test_a_span_of_time_touches_its_own_months_alone(explain: Callable[..., str]) -> None:
    first, last = (first_id(clock.now() - timedelta(days=days)) for days in (2, 1))

    plan = explain(EVERYTHING, f"WHERE id >= '{first}' AND id < '{last}' {ORDER}")

    assert 1 <= len(set(re.findall(r"on (audit_\d{6}|audit_default)", plan))) <= 2, plan
