"""Hands published notices to their receivers: in batches, each one transaction, so that a break loses and doubles nothing.

A batch is found behind the last enterprise that was served, and remembers its own last one in the same transaction; the
ids of receipts follow from notice and receiver, so that even a batch made twice finds its receipts there.  It works with
the scope of the person who published, by which the database itself keeps it from going further.
"""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.kernel.caller import Caller, Scope, system
from services.kernel.work import Database, Work
from services.notice import receivers
from services.notice.domain.notice import SHOWN_TO_RECEIVERS
from services.notice.tables import ID, IDS, TEXT, TEXTS, department_ref, distribution, enterprise_ref, notice, notice_receipt
from services.notice.telling import derived_id, tell_receivers

BATCH = 2000
PLATFORM = system("distribution")
_OF = distribution.c
_COPIED = ("needs_handling", "feedback_due_at")


def waiting(database: Database) -> list[str]:
    """Notices that have not reached all their receivers, oldest first."""
    with database.work(PLATFORM, "notice.distribute", read_only=True) as work:
        query = sa.select(_OF.notice_id).where(_OF.done_at.is_(None)).order_by(_OF.started_at)
        return [str(notice_id) for notice_id in work.session.scalars(query)]


def distribute(database: Database, notice_id: str, batch: int = BATCH) -> bool:
    """Serve one batch of receivers; whether there may be more."""
    with database.work(PLATFORM, "notice.distribute", read_only=True) as work:
        of = dict(work.session.execute(sa.select(notice).where(notice.c.id == notice_id)).mappings().one())
    with database.work(_publisher(of), "notice.distribute") as work:
        mine = _OF.notice_id == notice_id
        lock = sa.select(_OF.last_enterprise_id, _OF.receiver_count).where(mine, _OF.done_at.is_(None))
        found = work.session.execute(lock.with_for_update(skip_locked=True)).one_or_none()
        if found is None:
            return False  # All are served, or somebody else is at it.
        # A withdrawal waits for the batch at hand and ends the rest.
        status = work.session.scalar(sa.select(notice.c.status).where(notice.c.id == notice_id).with_for_update(read=True))
        last, served = _serve(work, of, found.last_enterprise_id, batch) if status in SHOWN_TO_RECEIVERS else (None, 0)
        progress: dict[str, Any] = {"receiver_count": found.receiver_count + served}
        progress |= {"last_enterprise_id": last} if last else {"done_at": sa.func.clock_timestamp()}
        work.session.execute(sa.update(distribution).where(mine).values(progress))
        work.note(f"Notice:{notice_id}", {"receipts": served})
    return last is not None


def _publisher(of: dict[str, Any]) -> Caller:
    scope = Scope(*(tuple(of["scope"][name]) for name in ("regions", "industries", "enterprises")))
    return replace(PLATFORM, scope=scope, region=of["region"], department_id=of["department_id"])


def _serve(work: Work, of: dict[str, Any], after: str | None, batch: int) -> tuple[str | None, int]:
    """The last enterprise of the batch, None when none was left, and how many receipts are new."""
    served = _serve_departments(work, of) if after is None else 0
    key, chosen = enterprise_ref.c.enterprise_id, receivers.enterprises(work, of["receivers"])
    # Walking along the key reads the table once for all batches; the planner would sort the whole scope for each of them.
    work.session.execute(sa.text("SELECT set_config('enable_sort', 'off', true)"))
    wanted = sa.select(key, *(enterprise_ref.c[name] for name in ("region", "name", "industry")))
    found = work.session.execute(wanted.where(chosen, key > after if after else sa.true()).order_by(key).limit(batch)).all()
    if not found:
        return None, served
    ids, *rest = (list(values) for values in zip(*found, strict=True))
    arrays = [sa.cast(ids, IDS), *(sa.cast(values, TEXTS) for values in rest)]
    names = [sa.column("enterprise_id", ID), *(sa.column(name, TEXT) for name in ("region", "name", "industry"))]
    rows = sa.func.unnest(*arrays).table_valued(*names, name="chosen").render_derived()
    served += _add(work, of, rows, rows.c.enterprise_id, {"industry": rows.c.industry, "enterprise_id": rows.c.enterprise_id})
    tell_receivers(work, of, notice_receipt.c.enterprise_id.in_(ids))
    return ids[-1], served


def _serve_departments(work: Work, of: dict[str, Any]) -> int:
    key, chosen = department_ref.c.id, receivers.departments(work, of["receivers"])
    served = _add(work, of, department_ref, key, {"department_id": key}, chosen)
    if served:
        tell_receivers(work, of, notice_receipt.c.department_id.is_not(None))
    return served


def _add(work: Work, of: dict[str, Any], source: Any, key: Any, owner: dict[str, Any], *chosen: sa.ColumnElement[bool]) -> int:
    fixed = {name: of[name] for name in _COPIED} | {"notice_id": of["id"], "received_at": of["published_at"], "status": "unread"}
    fixed |= {"is_late": False, "reply_files": [], "version": 1}
    columns = {"id": derived_id(of["published_at"], of["id"], key), "region": source.c.region, "receiver_name": source.c.name}
    columns |= owner | {name: sa.literal(value, notice_receipt.c[name].type) for name, value in fixed.items()}
    new = insert(notice_receipt).from_select(list(columns), sa.select(*columns.values()).where(*chosen))
    count: int = work.session.execute(new.on_conflict_do_nothing()).rowcount  # type: ignore[attr-defined]
    return count
