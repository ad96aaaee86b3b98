"""One service's audit trail as a list, newest first."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.kernel import paging
from services.kernel.service import handles
from services.kernel.tables import audit
from services.kernel.work import Work
from services.trail.contract import LIST_TRAIL

# A row's id is drawn a moment before its time is read.
BETWEEN = timedelta(minutes=1)


@handles(LIST_TRAIL)
def list_trail(
    work: Work, limit: int, cursor: str | None, since: datetime | None, until: datetime | None, q: str | None, **wanted: str | None
) -> dict[str, Any]:
    """Ordered by the ids alone, which begin with the moment of their making: the primary key serves the list, and a span
    of time touches its months only."""
    query = sa.select(audit).where(work.within(audit), *(audit.c[name] == value for name, value in wanted.items() if value))
    if since:
        query = query.where(audit.c.at >= since, audit.c.id >= first_id(since - BETWEEN))
    if until:
        query = query.where(audit.c.at < until, audit.c.id < first_id(until + BETWEEN))
    if q:
        query = query.where(audit.c.actor_name.contains(q, autoescape=True))
    return paging.page(work.session, query, [audit.c.id], limit, cursor)


def first_id(moment: datetime) -> str:
    """The least id that can be made at a moment; ids know none before 1970."""
    return str(UUID(int=max(int(moment.timestamp() * 1000), 0) << 80))
