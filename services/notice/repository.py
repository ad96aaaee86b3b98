"""Finds and keeps notices and receipts; the caller's scope is part of every query.

Publishers see by place, receivers by what was addressed to them.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.hazard.contract.units import is_bound, seen_from_unit
from services.kernel import work as kernel
from services.kernel.caller import ALL, Caller, Kind
from services.kernel.errors import Forbidden, NotFound
from services.kernel.event import Fact
from services.kernel.work import Work
from services.notice.contract.events import NoticeState, ReceiptState
from services.notice.contract.permissions import NOTICES_APPROVE
from services.notice.domain.notice import SHOWN_TO_RECEIVERS, Notice, Status
from services.notice.domain.receipt import Receipt
from services.notice.tables import (
    department_ref,
    distribution,
    hazard_ref,
    message,
    message_reading,
    notice,
    notice_receipt,
    org_unit_ref,
)
from services.notice.tellings import HAZARD_OF

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNREAD_DAYS = 180
ABSENT = ("notice.not_found", "没有找到该通知")


def addressed(caller: Caller, table: sa.Table) -> sa.ColumnElement[bool]:
    """What is for the caller himself: his department's, his enterprise's, those of the enterprises a system is named for."""
    mine: list[sa.ColumnElement[bool]] = []
    if caller.department_id is not None:
        mine.append(table.c.department_id == caller.department_id)
    if caller.enterprise_id is not None:
        mine.append(table.c.enterprise_id == caller.enterprise_id)
    if caller.kind == Kind.API_CLIENT and caller.scope.enterprises != ALL:
        mine.append(table.c.enterprise_id.in_(caller.scope.enterprises))
    return sa.or_(sa.false(), *mine)


def published_by(caller: Caller) -> sa.ColumnElement[bool]:
    """Notices as their publishers' side sees them: drafts are the author's and his department's, what waits also the approvers'."""
    own = sa.or_(notice.c.author_id == caller.id, _of_department(caller))
    hidden = [Status.DRAFT] if caller.may(NOTICES_APPROVE.code) else [Status.DRAFT, Status.PENDING]
    if caller.kind == Kind.SYSTEM:
        return kernel.within(caller, notice, by_place=True)
    return sa.or_(
        _of_department(caller), sa.and_(kernel.within(caller, notice, by_place=True), sa.or_(own, notice.c.status.not_in(hidden)))
    )


def find(work: Work, notice_id: str, lock: bool = True) -> Notice:
    """A notice of the publishers' side, locked; NotFound alike when it is absent or out of scope."""
    query = sa.select(Notice).where(notice.c.id == notice_id, published_by(work.caller))
    return _one(work, query.with_for_update() if lock else query)


def find_own(work: Work, notice_id: str) -> Notice:
    """A notice that the caller or his department wrote; those he only sees are refused."""
    found = find(work, notice_id)
    if not found.is_of(work.caller.id, work.caller.department_id):
        raise Forbidden("notice.not_yours", "只能办理本部门发布的通知")
    return found


def find_received(work: Work, notice_id: str) -> Notice:
    """A notice as whoever may see one of its receipts sees it: not before it is published, not after it is withdrawn."""
    has_receipt = sa.func.app.has_received(notice.c.id)
    shown = notice.c.status.in_(SHOWN_TO_RECEIVERS)
    return _one(work, sa.select(Notice).where(notice.c.id == notice_id, shown, has_receipt))


def keep(work: Work, kept: Notice, *facts: Fact) -> None:
    work.keep(kept, NoticeState, *facts)


def begin_distribution(work: Work, of: Notice) -> None:
    """Put a published notice on the list of those that are handed out."""
    row: dict[str, Any] = {
        "notice_id": of.id,
        "region": of.region,
        "department_id": of.department_id,
        "started_at": of.published_at,
    }
    row |= {"receiver_count": 0, "feedback_due_at": of.feedback_due_at}
    work.session.execute(sa.insert(distribution), row)


def department_name(work: Work) -> str | None:
    """The name of the caller's own department, as far as it is known here."""
    return work.session.scalar(sa.select(department_ref.c.name).where(department_ref.c.id == work.caller.department_id))


def receipts_seen(caller: Caller) -> sa.ColumnElement[bool]:
    """Receipts of the caller's places (of his industries and enterprises, and of departments), and those addressed to him."""
    departments = sa.and_(notice_receipt.c.enterprise_id.is_(None), kernel.within(caller, notice_receipt, by_place=True))
    return sa.or_(kernel.within(caller, notice_receipt), departments, addressed(caller, notice_receipt))


def find_receipt(work: Work, receipt_id: str, lock: bool = True) -> tuple[Receipt, Notice]:
    """A receipt with its notice: for its receiver while the notice is shown, for the publishers' side within their places."""
    query = sa.select(Receipt).where(notice_receipt.c.id == receipt_id, receipts_seen(work.caller))
    found = work.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound(*ABSENT)
    of = find_received(work, found.notice_id) if receives(work.caller, found) else find(work, found.notice_id, lock=False)
    return found, of


def find_received_receipt(work: Work, receipt_id: str) -> Receipt:
    """The caller's own receipt, locked; those that he only sees are refused."""
    found, _ = find_receipt(work, receipt_id)
    if not receives(work.caller, found):
        raise Forbidden("receipt.not_yours", "只能办理发给本单位的通知")
    return found


def receives(caller: Caller, receipt: Receipt) -> bool:
    """Whether the receipt is addressed to the caller: ``addressed`` for one that is at hand."""
    if receipt.department_id is not None:
        return receipt.department_id == caller.department_id
    is_named = caller.kind == Kind.API_CLIENT and receipt.enterprise_id in caller.scope.enterprises
    return is_named or receipt.enterprise_id == caller.enterprise_id


def keep_receipt(work: Work, kept: Receipt, fact: Fact) -> None:
    work.keep(kept, ReceiptState, fact)


def ids_of(moment: datetime) -> tuple[str, str]:
    """The half-open range of the ids that begin with this moment (see ``app.derived_id``)."""
    stamp = (moment - EPOCH) // timedelta(milliseconds=1)
    return _first_id(stamp), _first_id(stamp + 1)


def shown(work: Work) -> sa.ColumnElement[bool]:
    """Messages addressed to the caller; those about a withdrawn notice have gone with it."""
    of = sa.select(notice.c.id).where(notice.c.id == message.c.notice_id, notice.c.status.in_(SHOWN_TO_RECEIVERS))
    is_there = sa.or_(message.c.notice_id.is_(None), of.exists())
    return sa.and_(addressed(work.caller, message), is_there, _of_hazards_seen(work.caller))


def is_read(work: Work) -> sa.ColumnElement[bool]:
    mine = sa.and_(message_reading.c.account_id == work.caller.id, message_reading.c.message_id == message.c.id)
    return sa.select(message_reading.c.message_id).where(mine).exists()


def unread(work: Work) -> sa.ColumnElement[bool]:
    """What this person has not read; after half a year a message no longer asks for attention."""
    since, _ = ids_of(work.now - timedelta(days=UNREAD_DAYS))
    return sa.and_(shown(work), message.c.id >= since, sa.not_(is_read(work)))


def _of_hazards_seen(caller: Caller) -> sa.ColumnElement[bool]:
    """Of what tells of hazards, that of those which the caller would see; whoever sees the whole enterprise is told all."""
    if not is_bound(caller):
        return sa.true()
    # Not EXISTS: the planner would hash the hazards of the whole province to look up those of one page.
    is_seen = sa.select(seen_from_unit(caller, hazard_ref.c, org_unit_ref)).where(hazard_ref.c.id == message.c.hazard_id)
    return sa.case((message.c.subject_type.in_(HAZARD_OF), is_seen.scalar_subquery()), else_=True)


def _of_department(caller: Caller) -> sa.ColumnElement[bool]:
    return notice.c.department_id == caller.department_id if caller.department_id is not None else sa.false()


def _one(work: Work, query: sa.Select[Any]) -> Notice:
    found: Notice | None = work.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(*ABSENT)
    return found


def _first_id(stamp: int) -> str:
    return str(UUID(int=stamp << 80))
