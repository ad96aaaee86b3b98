"""An inbox costs what it shows: its page is read in the order of an index, whoever asks, and each hazard found by its id."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa

from services.kernel.caller import Caller
from services.kernel.work import Database
from services.notice import repository
from services.notice.tables import message
from tests.callers import enterprise_user
from tests.service.notice.builders import COUNTY, permissions_of
from tests.service.plans import of_a_full

Explained = Callable[[Caller, str], str]
OURS, UNIT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
MANY = 20_000
OWNER = f"CASE WHEN n % 2 = 0 THEN '{OURS}' ELSE md5('e' || n % 600)::uuid END, '{COUNTY}', 'GM01'"
# Every second thing is ours, and every tenth of them our unit's.
FILL = f"""
INSERT INTO hazard_ref (id, enterprise_id, region, industry, version, unit_id)
SELECT md5('h' || n)::uuid, {OWNER}, 1, CASE WHEN n % 20 = 0 THEN '{UNIT}' ELSE md5('u' || n % 10)::uuid END
FROM generate_series(1, {MANY}) n;
INSERT INTO message (id, enterprise_id, region, industry, kind, urgency, title, text, subject_type, subject_id, cause_id, at,
    hazard_id)
SELECT app.derived_id(now() - n * interval '1 minute', n::text), {OWNER}, 'hazard', 'normal', 't', 'x', 'hazard',
    md5('h' || n)::uuid, md5('c' || n)::uuid, now(), md5('h' || n)::uuid FROM generate_series(1, {MANY}) n
"""


@pytest.fixture(scope="module")
def explain(owner_engine: Callable[[str], sa.Engine], database: Callable[[str], Database]) -> Iterator[Explained]:
    """Explains a page of somebody's messages, or of his unread ones, in a table full of them, which are taken back afterwards."""
    with of_a_full(owner_engine("notice"), "message, hazard_ref", FILL) as plan:

        def of(who: Caller, which: str) -> str:
            with database("notice").work(who, "test", read_only=True) as work:
                query = sa.select(message.c.id).where(getattr(repository, which)(work)).order_by(message.c.id.desc()).limit(20)
                asked = query.compile(work.session.get_bind(), compile_kwargs={"render_postcompile": True})
                with closing(work.session.connection().connection.cursor()) as cursor:
                    text = cursor.mogrify(str(asked), asked.params).decode()  # type: ignore[attr-defined]
            return plan(who.scope, f"EXPLAIN {text}")

        yield of


@pytest.mark.parametrize("which", ["shown", "unread"])
@pytest.mark.parametrize("role", ["principal", "checker"])
def test_a_page_of_the_inbox_is_read_in_the_order_of_its_index(explain: Explained, role: str, which: str) -> None:
    plan = explain(enterprise_user(OURS, COUNTY, *permissions_of(role), unit_id=UNIT), which)

    assert "Backward" in plan and "enterprise_id_id_idx" in plan and "Sort  (" not in plan, plan
    assert "Seq Scan on hazard_ref" not in plan and ("hazard_ref_pkey" in plan) == (role == "checker"), plan
