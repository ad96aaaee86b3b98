"""Answers made of notices: whole for the side that publishes, without the distribution list for those who receive."""

from typing import Any

import sqlalchemy as sa

from services.kernel.contract import made
from services.kernel.work import Work
from services.notice.contract.notices import NoticeDetail, NoticeItem
from services.notice.contract.receipts import ReceiptItem
from services.notice.domain.notice import Notice
from services.notice.domain.receipt import Receipt
from services.notice.tables import distribution

_DECISION = ("receivers", "submitted_at", "decided_by_name", "decided_at", "opinion", "withdrawn_at", "withdrawal_reason")


def for_publisher(work: Work, of: Notice) -> dict[str, Any]:
    """The notice with its decision, and how far it has been handed out."""
    query = sa.select(distribution.c.receiver_count, distribution.c.done_at).where(distribution.c.notice_id == of.id)
    handed = work.session.execute(query).one_or_none()
    names = made(NoticeDetail).fields.keys() - {"receiver_count", "is_distributed"}
    known = {"receiver_count": handed.receiver_count if handed else 0}
    known["is_distributed"] = handed is not None and handed.done_at is not None
    return {name: getattr(of, name) for name in names} | known


def for_receiver(of: Notice) -> dict[str, Any]:
    shown = {name: getattr(of, name) for name in (*made(NoticeItem).fields, "body", "attachments")}
    return shown | dict.fromkeys(_DECISION) | {"receiver_count": None, "is_distributed": None}


def receipt(of: Receipt) -> dict[str, Any]:
    return {name: getattr(of, name) for name in made(ReceiptItem).fields}
