"""Sums that nobody adds up twice: what was found for a scope is good until a figure changes or the minute is over (ADR 0036).

Every change of a figure takes the next number of the fold first, so one row tells whether all that was added up still holds.
The minute bounds what today's date and the 30 × 24 hours of the enterprises online change by themselves.
"""

from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from services.kernel.caller import Scope
from services.kernel.tables import number
from services.kernel.work import Work
from services.stats.domain.periods import Period
from services.stats.domain.rates import derived
from services.stats.queries.sums import Selection, empty, whole

MOST = 1000  # Scopes and selections, each a few kilobytes.
_TURN = sa.select(number.c.last).where(number.c.series == "fold")


def total(work: Work, selection: Selection, period: Period, day: date) -> dict[str, Any]:
    """All indicators of a selection; the caller's own to change."""
    minute = work.now.replace(second=0, microsecond=0).isoformat()
    turn = work.session.scalar(_TURN)  # Before the sums: those may be newer than their number, never older.
    found = _found(work.session.get_bind(), work.caller.scope, selection, period, day, minute, turn)
    if not found:
        found.update(whole(work, selection, period, day).get("") or derived(empty()))
    return dict(found)


@lru_cache(MOST)
def _found(
    database: Any, scope: Scope, selection: Selection, period: Period, day: date, minute: str, turn: int | None
) -> dict[str, Any]:
    """Where the sums of just these are kept: empty at first."""
    return {}
