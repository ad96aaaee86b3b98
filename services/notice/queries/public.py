"""Notices that are published for everybody, read by whoever stands before the door."""

from typing import Any

import sqlalchemy as sa

from services.kernel.errors import NotFound
from services.kernel.service import handles
from services.kernel.work import Work
from services.notice.contract import notices as contract
from services.notice.repository import ABSENT

PAGE = sa.text("SELECT * FROM app.public_notices(:day, CAST(:after AS uuid), :most)")
ONE = sa.text("SELECT * FROM app.public_notice(:day, CAST(:wanted AS uuid))")


@handles(contract.LIST_PUBLIC)
def list_public_notices(work: Work, limit: int, cursor: str | None) -> dict[str, Any]:
    """Newest first."""
    asked = {"day": work.today, "after": cursor, "most": limit + 1}
    rows = [dict(row) for row in work.session.execute(PAGE, asked).mappings()]
    return {"items": rows[:limit], "next_cursor": rows[limit - 1]["id"] if len(rows) > limit else None}


@handles(contract.SHOW_PUBLIC)
def show_public_notice(work: Work, notice_id: str) -> dict[str, Any]:
    row = work.session.execute(ONE, {"day": work.today, "wanted": notice_id}).mappings().one_or_none()
    if row is None:
        raise NotFound(*ABSENT)
    return dict(row)
