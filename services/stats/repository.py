"""Keeps the newest state of what is announced, says what is to be counted anew, and finds what the fold needs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.kernel.work import Work
from services.stats.domain.buckets import TOTAL, Kind
from services.stats.domain.images import Contribution, Known, Line, Place
from services.stats.tables import (
    contribution,
    counted,
    enterprise_place,
    enterprise_ref,
    list_line,
    pending,
    presence,
)

# Text, since the busiest statement of all would otherwise be put together anew each time; one way to the database for many rows.
_COLUMNS = ("id", "kind", "enterprise_id", "region", "industry", "version", "day", "unit_id", "point_id", "facts")
_KEEP = sa.text(
    f"WITH kept AS (INSERT INTO contribution AS old ({', '.join(_COLUMNS)}) SELECT {', '.join(_COLUMNS)}"
    " FROM json_populate_recordset(CAST(NULL AS contribution), CAST(:rows AS json)) ON CONFLICT (id, kind) DO UPDATE"
    f" SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[2:])} WHERE old.version < excluded.version"
    " RETURNING kind, id) INSERT INTO pending (kind, id) SELECT kind, id FROM kept RETURNING id"
)
KEPT = "kept"  # Where a session has what is written down at its end.
PLACE = "place"  # Pending of this kind: everything of one enterprise that its place or state touches.


def keep(
    work: Work,
    kind: Kind,
    state: Mapping[str, Any],
    facts: Mapping[str, Any],
    day: date | None = None,
    unit_id: str | None = None,
    point_id: str | None = None,
) -> None:
    """Take over an aggregate's state unless ours is as new, and have it counted; with all others of the transaction at its end."""
    info = work.session.info
    if KEPT not in info:
        info[KEPT] = {}
        sa.event.listen(work.session, "before_commit", write_kept, once=True)
    if (before := info[KEPT].get((kind, state["id"]))) and before["version"] >= state["version"]:
        return
    info[KEPT][kind, state["id"]] = {
        "id": state["id"], "kind": kind, "enterprise_id": state.get("enterprise_id") or TOTAL, "region": state["region"],
        "industry": state.get("industry") or "", "version": state["version"], "day": day, "unit_id": unit_id,
        "point_id": point_id, "facts": facts,
    }  # fmt: skip


def write_kept(session: Session) -> set[str]:
    """Write down what is to be kept; the ids of what was news."""
    if not (rows := session.info.get(KEPT)):
        return set()
    session.info[KEPT] = {}
    return {str(each) for each in session.scalars(_KEEP, {"rows": orjson.dumps(list(rows.values())).decode()})}


def have_counted(work: Work, what: Iterable[tuple[str, str]], since: date | None = None) -> None:
    """Let the next fold look at these again."""
    rows = [{"kind": kind, "id": each, "since": since} for kind, each in what]
    if rows:
        work.session.execute(sa.insert(pending), rows)


def keep_place(work: Work, state: Mapping[str, Any], on_day: date) -> None:
    """Where the enterprise stands from this day on; of one day's announcements the newest counts."""
    row = {
        "enterprise_id": state["id"], "on_day": on_day, "region": state["region"], "industry": state["industry"] or "",
        "version": state["version"],
    }  # fmt: skip
    work.keep_copy(enterprise_place, row)


def keep_lines(work: Work, state: Mapping[str, Any]) -> set[str]:
    """Replace the lines of a list, which only a filed one has; the points on it before or now."""
    of_list = list_line.c.list_id == state["id"]
    touched = set(work.session.execute(sa.delete(list_line).where(of_list).returning(list_line.c.point_id)).scalars())
    lines = {line["point_id"]: line["level"] for line in state["lines"]} if state["status"] == "filed" else {}
    common = {
        "list_id": state["id"], "unit_id": state["unit_id"], "enterprise_id": state["enterprise_id"], "region": state["region"],
        "industry": state["industry"] or "",
    }  # fmt: skip
    if lines:
        work.session.execute(sa.insert(list_line), [{**common, "point_id": p, "level": level} for p, level in lines.items()])
    return touched | lines.keys()


def take_pending(work: Work, most: int) -> list[tuple[str, str, date | None]]:
    """Take the oldest of what is pending, each thing once."""
    oldest = sa.select(pending.c.position).order_by(pending.c.position).limit(most)
    taken = sa.delete(pending).where(pending.c.position.in_(oldest)).returning(pending.c.kind, pending.c.id, pending.c.since)
    return list(dict.fromkeys((row.kind, row.id, row.since) for row in work.session.execute(taken)))


def spread_place(work: Work, enterprise_id: str, since: date | None) -> None:
    """Have counted anew what a new place or state of the enterprise touches: all but checks of days before it."""
    of = contribution.c
    touched = sa.or_(of.kind != Kind.TASK, of.day >= since) if since else sa.true()
    query = sa.select(of.kind, of.id).where(of.enterprise_id == enterprise_id, touched)
    work.session.execute(sa.insert(pending).from_select(["kind", "id"], query))


def contributions(work: Work, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Contribution]:
    rows = _by_kind(work, contribution, wanted)
    return {
        (row.kind, row.id): Contribution(
            row.kind, row.id, row.enterprise_id, Place(row.region, row.industry), row.facts, row.day, row.unit_id, row.point_id
        )
        for row in rows
    }


def images(work: Work, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """What was counted of each so far."""
    return {(row.kind, row.id): row.image for row in _by_kind(work, counted, wanted)}


def _by_kind(work: Work, table: sa.Table, wanted: Iterable[tuple[str, str]]) -> list[Any]:
    ids: dict[str, list[str]] = {}
    for kind, each in wanted:
        ids.setdefault(kind, []).append(each)
    found: list[Any] = []
    for kind, some in ids.items():
        found += work.session.execute(sa.select(table).where(table.c.kind == kind, table.c.id.in_(some)))
    return found


def known(work: Work, enterprise_ids: set[str]) -> dict[str, Known]:
    """What is known of each of these enterprises."""
    found = {each: Known() for each in enterprise_ids}
    if not found:
        return found
    places = enterprise_place.c
    for row in work.session.execute(_of(enterprise_place, enterprise_ids).order_by(places.enterprise_id, places.on_day)):
        found[row.enterprise_id].places.append((row.on_day, Place(row.region, row.industry)))
    for row in work.session.execute(_of(enterprise_ref, enterprise_ids)):
        found[row.enterprise_id].here, found[row.enterprise_id].status = Place(row.region, row.industry or ""), row.status
    of = contribution.c
    filed = sa.and_(of.kind == Kind.LIST, of.facts["status"].astext == "filed")
    lists = sa.select(of.enterprise_id).distinct().where(of.enterprise_id.in_(enterprise_ids), filed)
    for each in work.session.scalars(lists):
        found[each].has_filed_list = True
    return found


def seen(work: Work, enterprise_ids: set[str]) -> dict[str, Any]:
    """When each of these enterprises was last here."""
    return {row.enterprise_id: row.seen_at for row in work.session.execute(_of(presence, enterprise_ids))} if enterprise_ids else {}


def lines(work: Work, point_ids: list[str]) -> dict[str, list[Line]]:
    """The filed lists on which these points stand."""
    found: dict[str, list[Line]] = {}
    if point_ids:
        for row in work.session.execute(sa.select(list_line).where(list_line.c.point_id.in_(point_ids))):
            found.setdefault(row.point_id, []).append(Line(row.unit_id, row.level))
    return found


def _of(table: sa.Table, enterprise_ids: set[str]) -> sa.Select[Any]:
    return sa.select(table).where(table.c.enterprise_id.in_(enterprise_ids))
