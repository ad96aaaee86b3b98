"""The small copy of every enterprise that other services keep, fed by ``ENTERPRISE_EVENTS``: newest version wins.

``tables.py`` builds it with ``enterprise_ref(metadata)``, the first migration executes ``CREATE_1``, and a reaction to
``ENTERPRISE_EVENTS`` calls ``keep_reference(work, table, state, belongings)``.  Copies of what belongs to an enterprise
(units, points, hazards) are kept by ``keep_belonging``, whichever of the two is heard of first.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from services.kernel.work import Work

COLUMNS: dict[str, Any] = {
    "region": sa.Text(), "industry": sa.Text(), "version": sa.Integer(), "name": sa.Text(), "unified_credit_code": sa.Text(),
    "enterprise_type": sa.Text(), "scale": sa.Text(), "employees": sa.Integer(), "business_state": sa.Text(), "status": sa.Text(),
    "grade": sa.Text(), "approved_at": sa.DateTime(timezone=True), "suspended_from": sa.Date(),
}  # fmt: skip

# Frozen: a later shape is CREATE_2 and alters the table.
CREATE_1 = """
CREATE TABLE enterprise_ref (
    enterprise_id uuid PRIMARY KEY, region text NOT NULL, industry text, version integer NOT NULL, name text NOT NULL,
    unified_credit_code text, enterprise_type text, scale text, employees integer, business_state text, status text NOT NULL,
    grade text, approved_at timestamptz, suspended_from date
);
CREATE INDEX enterprise_ref_place ON enterprise_ref (region, status, enterprise_id);
CREATE INDEX enterprise_ref_industry ON enterprise_ref (industry, region);
SELECT app.protect('enterprise_ref');
"""


def enterprise_ref(metadata: sa.MetaData) -> sa.Table:
    """The table ``enterprise_ref``; its key is ``enterprise_id``, so that ``Work.within`` fits it."""
    key = sa.Column("enterprise_id", UUID(as_uuid=False), primary_key=True)
    return sa.Table("enterprise_ref", metadata, key, *(sa.Column(name, kind) for name, kind in COLUMNS.items()))


def keep_reference(work: Work, table: sa.Table, state: Mapping[str, Any], belongings: Iterable[sa.Table] = ()) -> bool:
    """Take over the announced state unless the copy is as new, and let what belongs to it follow; whether it was news."""
    is_news = work.keep_copy(table, {"enterprise_id": str(state["id"])} | {name: state.get(name) for name in COLUMNS})
    if is_news:
        follow(work, belongings, str(state["id"]), state["region"], state["industry"])
    return is_news


def follow(work: Work, tables: Iterable[sa.Table], enterprise_id: str, region: str, industry: str | None) -> None:
    """Give all that belongs to an enterprise its region and, where a table tells it, its industry."""
    for table in tables:
        place = {name: value for name, value in (("region", region), ("industry", industry)) if name in table.c}
        elsewhere = sa.or_(*(table.c[name].is_distinct_from(value) for name, value in place.items()))
        work.session.execute(sa.update(table).where(table.c.enterprise_id == enterprise_id, elsewhere).values(place))


def find_reference(work: Work, table: sa.Table, enterprise_id: str) -> dict[str, Any] | None:
    """The copy of one enterprise within the caller's scope, or None."""
    query = sa.select(table).where(table.c.enterprise_id == enterprise_id, work.within(table))
    found = work.session.execute(query).mappings().one_or_none()
    return dict(found) if found else None


def place_of(work: Work, table: sa.Table, state: Mapping[str, Any]) -> dict[str, Any]:
    """Where an enterprise lies as far as its copy knows; as the announcement says while there is none."""
    known = find_reference(work, table, state["enterprise_id"])
    return {"enterprise_id": state["enterprise_id"]} | {name: (known or state)[name] for name in ("region", "industry")}


def keep_belonging(work: Work, table: sa.Table, enterprises: sa.Table, state: Mapping[str, Any]) -> None:
    """Take over what was announced of something of an enterprise, unless the copy is as new; it lies where its enterprise does."""
    work.keep_copy(table, {column.name: state.get(column.name) for column in table.c} | place_of(work, enterprises, state))
