"""Finds and keeps hazards; each step of one is written into its history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import get_history

from services.hazard.contract.answers import HazardState
from services.hazard.domain.hazard import Hazard
from services.hazard.repository import scope
from services.hazard.tables import hazard, hazard_history
from services.kernel import ids
from services.kernel.event import Fact
from services.kernel.work import Work, plain


def find(work: Work, hazard_id: str, version: int | None = None, lock: bool = True) -> Hazard:
    """The hazard that this caller may see, as he last saw it; NotFound alike when absent, out of scope or another's draft."""
    found = work.find(Hazard, hazard_id, "隐患", lock, scope.visible(work))
    work.expect(found, version)
    return found


def find_first(work: Work, *conditions: sa.ColumnElement[bool]) -> Hazard | None:
    """A hazard by what it was made of, locked; for reactions."""
    return work.session.scalars(sa.select(Hazard).where(*conditions).with_for_update()).first()


def find_of_inspection(work: Work, inspection_id: str) -> dict[str, Hazard]:
    """The hazards made of an inspection's findings, by finding, locked in one order."""
    query = sa.select(Hazard).where(hazard.c.inspection_id == inspection_id).order_by(hazard.c.id).with_for_update()
    return {str(each.finding_id): each for each in work.session.scalars(query)}


def keep(
    work: Work,
    kept: Hazard,
    facts: Sequence[Fact],
    event: str,
    reason: str | None = None,
    attachments: Sequence[str] = (),
    detail: dict[str, Any] | None = None,
) -> None:
    """Save the hazard with what has happened to it, and write the step into its history."""
    before = get_history(kept, "status")
    old = before.deleted[0] if before.deleted else (None if kept.version == 0 else kept.status)
    if kept.number is None and not kept.is_draft and facts:
        kept.number = _number(work, kept.region, work.today)
    work.keep(kept, HazardState, *facts)
    write_history(work, kept, event, old, reason, attachments, detail)


def write_history(
    work: Work,
    of: Hazard,
    event: str,
    old: str | None,
    reason: str | None = None,
    attachments: Sequence[str] = (),
    detail: dict[str, Any] | None = None,
) -> None:
    row = {name: getattr(of, name) for name in ("enterprise_id", "region", "industry")}
    row |= {"id": ids.new_id(), "hazard_id": of.id, "at": work.now, "event": event, "from_status": old, "to_status": of.status}
    row |= {"by_id": work.caller.id, "by_name": work.caller.name, "reason": reason, "attachments": list(attachments)}
    work.session.execute(sa.insert(hazard_history), row | {"detail": plain(detail) if detail else None})


def _number(work: Work, place: str, day: date) -> str:
    """YH, county, day, and a count of the county's year without gaps.

    The row of the series stays locked until the transaction ends, so it is taken last, and one for each county and year.
    """
    county = place[:6]
    return f"YH{county}{day:%Y%m%d}{work.next_number(f'hazard:{county}:{day:%Y}'):05d}"
