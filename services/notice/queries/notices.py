"""Notices: for authorities those of their places, for enterprises those that they received."""

from typing import Any

import sqlalchemy as sa

from services.kernel import paging
from services.kernel.caller import ALL
from services.kernel.errors import NotFound
from services.kernel.service import handles
from services.kernel.work import Work
from services.notice import answers, repository
from services.notice.contract import notices as contract
from services.notice.domain.notice import SHOWN_TO_RECEIVERS
from services.notice.tables import notice, notice_receipt

_OF = notice.c
_ITEM = [_OF[name] for name in contract.NoticeItem().fields]


@handles(contract.LIST_NOTICES)
def list_notices(
    work: Work, limit: int, cursor: str | None, q: str | None, kind: str | None, status: str | None, is_mine: bool
) -> dict[str, Any]:
    """Newest first."""
    query = sa.select(*_ITEM).where(_shown(work))
    if q:
        query = query.where(_OF.title.icontains(q, autoescape=True))
    if is_mine:
        query = query.where(_OF.author_id == work.caller.id)
    for column, value in ((_OF.kind, kind), (_OF.status, status)):
        query = query.where(column == value) if value is not None else query
    return paging.page(work.session, query, [_OF.id], limit, cursor)


@handles(contract.SHOW_NOTICE)
def show_notice(work: Work, notice_id: str) -> dict[str, Any]:
    """Whole for the publishers' side; whoever received it sees what it says."""
    try:
        return answers.for_publisher(work, repository.find(work, notice_id, lock=False))
    except NotFound:
        return answers.for_receiver(repository.find_received(work, notice_id))


def _shown(work: Work) -> sa.ColumnElement[bool]:
    if work.caller.scope.enterprises == ALL:
        return repository.published_by(work.caller)
    received = sa.select(notice_receipt.c.notice_id).where(repository.addressed(work.caller, notice_receipt))
    return sa.and_(_OF.id.in_(received), _OF.status.in_(SHOWN_TO_RECEIVERS))
