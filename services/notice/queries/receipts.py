"""Receipts: a notice's for the side that publishes, one's own for receivers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.kernel import paging
from services.kernel.caller import ALL
from services.kernel.service import handles
from services.kernel.work import Work, within
from services.notice import answers, repository
from services.notice.contract import receipts as contract
from services.notice.domain.notice import SHOWN_TO_RECEIVERS, Notice
from services.notice.domain.receipt import UNANSWERED, Status
from services.notice.tables import notice, notice_receipt

_OF = notice_receipt.c
_KIND = sa.case((_OF.enterprise_id.is_not(None), "enterprise"), else_="department").label("receiver_kind")
_ITEM = [_OF[name] for name in contract.ReceiptItem().fields if name in _OF]
_RECEIVED = [_OF[name] for name in contract.ReceivedItem().fields if name in _OF]
_SUMMARY = [notice.c[name] for name in ("title", "kind", "department_name")]


@handles(contract.LIST_RECEIPTS)
def list_receipts(work: Work, notice_id: str, limit: int, cursor: str | None, q: str | None, **filters: Any) -> dict[str, Any]:
    """Place by place, within the caller's scope."""
    of = repository.find(work, notice_id, lock=False)
    query = sa.select(*_ITEM, _KIND, _overdue(work.now).label("is_overdue")).where(_receipts_of(work, of))
    if q:
        query = query.where(_OF.receiver_name.icontains(q, autoescape=True))
    query = query.where(*_conditions(work.now, **filters))
    return paging.page(work.session, query, [_OF.region, _OF.id], limit, cursor, descending=False)


@handles(contract.COUNT_RECEIPTS)
def count_receipts(work: Work, notice_id: str) -> dict[str, int]:
    """Counted afresh, so that it always equals the list."""
    of = repository.find(work, notice_id, lock=False)
    query = sa.select(_OF.status, sa.func.count(), sa.func.count().filter(_OF.is_late)).where(_receipts_of(work, of))
    found = {status: (count, late) for status, count, late in work.session.execute(query.group_by(_OF.status))}
    counts = {str(status): found.get(status, (0, 0))[0] for status in Status}
    is_past_due = of.feedback_due_at is not None and work.now > of.feedback_due_at
    overdue = sum(counts[status] for status in UNANSWERED) if is_past_due else 0
    late = sum(late for _, late in found.values())
    return counts | {"sent": sum(counts.values()), "late": late, "overdue": overdue}


@handles(contract.LIST_RECEIVED)
def list_received_notices(
    work: Work, limit: int, cursor: str | None, sort: str | None, q: str | None, kind: str | None, **filters: Any
) -> dict[str, Any]:
    """What was sent to the caller, newest first; ``sort=unread`` puts what nobody has signed for on top."""
    query = sa.select(*_RECEIVED, *_SUMMARY, _KIND, _overdue(work.now).label("is_overdue"))
    query = query.join(notice, notice.c.id == _OF.notice_id).where(repository.addressed(work.caller, notice_receipt))
    query = query.where(notice.c.status.in_(SHOWN_TO_RECEIVERS), *_conditions(work.now, **filters))
    if q:
        query = query.where(notice.c.title.icontains(q, autoescape=True))
    if kind is not None:
        query = query.where(notice.c.kind == kind)
    first = [sa.cast(_OF.status == Status.UNREAD, sa.Integer)] if sort == "unread" else []
    return paging.page(work.session, query, [*first, _OF.id], limit, cursor)


@handles(contract.SHOW_RECEIPT)
def show_receipt(work: Work, receipt_id: str) -> dict[str, Any]:
    receipt, of = repository.find_receipt(work, receipt_id, lock=False)
    is_publisher = not repository.receives(work.caller, receipt)
    return answers.receipt(receipt) | {"notice": answers.for_publisher(work, of) if is_publisher else answers.for_receiver(of)}


def _receipts_of(work: Work, of: Notice) -> sa.ColumnElement[bool]:
    """Of one notice, in the caller's places and industries; its ids share a moment, which names the partition."""
    mine = [_OF.notice_id == of.id, within(work.caller, notice_receipt, by_place=True)]
    if work.caller.scope.industries != ALL:
        mine.append(sa.or_(_OF.enterprise_id.is_(None), within(work.caller, notice_receipt)))
    if of.published_at is not None:
        low, high = repository.ids_of(of.published_at)
        mine += [_OF.id >= low, _OF.id < high]
    return sa.and_(*mine)


def _overdue(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_OF.status.in_(UNANSWERED), sa.func.coalesce(_OF.feedback_due_at < now, sa.false()))


def _conditions(
    now: datetime,
    status: str | None,
    is_overdue: bool | None,
    is_late: bool | None = None,
    receiver_kind: str | None = None,
) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if status is not None:
        found.append(_OF.status == status)
    if is_late is not None:
        found.append(_OF.is_late == is_late)
    if is_overdue is not None:
        found.append(_overdue(now) if is_overdue else sa.not_(_overdue(now)))
    if receiver_kind is not None:
        is_enterprise = receiver_kind == "enterprise"
        found.append(_OF.enterprise_id.is_not(None) if is_enterprise else _OF.enterprise_id.is_(None))
    return found
