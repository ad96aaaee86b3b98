"""Officers in scope, with the inspections that they have in hand."""

from typing import Any

import sqlalchemy as sa

from services.enforcement.contract import officers as contract
from services.enforcement.domain.steps import OPEN
from services.enforcement.tables import inspection, officer
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work, within


@handles(contract.LIST_OFFICERS)
def list_officers(
    work: Work, limit: int, cursor: str | None, q: str | None, team: str | None, is_valid: bool | None
) -> dict[str, Any]:
    query = sa.select(officer).where(_listed(work))
    if q:
        query = query.where(sa.or_(officer.c.name.icontains(q, autoescape=True), officer.c.certificate_number == q))
    if team:
        query = query.where(officer.c.team == team)
    if is_valid is not None:
        valid = sa.and_(officer.c.is_active, officer.c.valid_from <= work.today, officer.c.valid_to >= work.today)
        query = query.where(valid if is_valid else sa.not_(valid))
    found = paging.page(work.session, query, [officer.c.id], limit, cursor)
    in_hand = _in_hand(work, [row["id"] for row in found["items"]])
    for row in found["items"]:
        row["is_valid"] = row["is_active"] and row["valid_from"] <= work.today <= row["valid_to"]
        row["open_inspections"] = in_hand.get(row["id"], 0)
    return found


def _listed(work: Work) -> sa.ColumnElement[bool]:
    """Officers of the places in scope and of the own authority; those of superiors are not the caller's to send."""
    return sa.or_(within(work.caller, officer, by_place=True), officer.c.region == work.caller.region)


def _in_hand(work: Work, officer_ids: list[str]) -> dict[str, int]:
    each = sa.func.unnest(inspection.c.officer_ids, type_=officer.c.id.type).label("officer_id")
    mine = sa.and_(inspection.c.officer_ids.overlap(officer_ids), inspection.c.state.in_(OPEN), work.within(inspection))
    one = sa.select(each).where(mine).subquery()
    query = sa.select(one.c.officer_id, sa.func.count()).where(one.c.officer_id.in_(officer_ids)).group_by(one.c.officer_id)
    return {row[0]: row[1] for row in work.session.execute(query)}
