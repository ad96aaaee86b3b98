"""Keeping many aggregates in one go: one flush, every announcement, one account."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from services.kernel import ids
from services.kernel.contract import SchemaClass, made
from services.kernel.event import Fact
from services.kernel.work import Work
from services.risk.tables import risk_batch

Kept = Sequence[tuple[Any, Fact]]


def announce(work: Work, state: SchemaClass, kept: Kept) -> None:
    """Stage the announcement of each aggregate with its whole state."""
    for aggregate, fact in kept:
        work.announce(fact.type, aggregate.id, aggregate.region, {"state": made(state).dump(aggregate), "fact": asdict(fact)})


def keep_all(work: Work, state: SchemaClass, kept: Kept, what: str) -> None:
    """The same as ``work.keep`` for each; the audit row names how many, and which."""
    if not kept:
        return
    for aggregate, _ in kept:
        aggregate.version += 1
        if aggregate not in work.session:
            work.session.add(aggregate)
    work.session.flush()
    announce(work, state, kept)
    work.note(what, {"count": len(kept), "ids": [aggregate.id for aggregate, _ in kept]})


def keep_batch(
    work: Work, owner: dict[str, Any], action: str, ok: int, failed: int, file_name: str | None = None, remark: str | None = None
) -> str:
    """One row of the log of batch operations; its id."""
    row = owner | {"id": ids.new_id(), "action": action, "at": work.now, "operator_name": work.caller.name, "version": 1}
    row |= {"file_name": file_name, "ok": ok, "failed": failed, "remark": remark}
    work.session.execute(sa.insert(risk_batch), row)
    return str(row["id"])
