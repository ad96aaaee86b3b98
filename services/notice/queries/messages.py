"""The inbox of messages, with what this person has read of it."""

from typing import Any

import sqlalchemy as sa

from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work
from services.notice import repository
from services.notice.contract import messages as contract
from services.notice.tables import message

MOST = 100  # Nobody reads a larger number, and counting costs the same for everybody.
_OF = message.c
_KIND = sa.case((_OF.enterprise_id.is_not(None), "enterprise"), else_="department").label("receiver_kind")
_ITEM = [_OF[name] for name in contract.MessageItem().fields if name in _OF]


@handles(contract.LIST_MESSAGES)
def list_messages(work: Work, limit: int, cursor: str | None, q: str | None, kind: str | None, is_unread: bool) -> dict[str, Any]:
    """Newest first."""
    query = sa.select(*_ITEM, _KIND, repository.is_read(work).label("is_read"))
    query = query.where(repository.unread(work) if is_unread else repository.shown(work))
    if kind is not None:
        query = query.where(_OF.kind == kind)
    if q:
        query = query.where(sa.or_(_OF.title.icontains(q, autoescape=True), _OF.text.icontains(q, autoescape=True)))
    return paging.page(work.session, query, [_OF.id], limit, cursor)


@handles(contract.COUNT_UNREAD)
def count_unread_messages(work: Work) -> dict[str, int]:
    urgent = sa.case((_OF.urgency == "urgent", 1), else_=0).label("urgent")
    newest = sa.select(urgent).where(repository.unread(work)).order_by(_OF.id.desc()).limit(MOST).subquery()
    counts = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(newest.c.urgent), 0)).select_from(newest)
    count, of_them_urgent = work.session.execute(counts).one()
    return {"count": count, "urgent": of_them_urgent}
