"""The published language of the notice service: what may be asked of it and what it announces."""

from services.notice.contract import messages, notices, receipts
from services.notice.contract.events import EVENTS, NOTICE_PUBLISHED, NOTICE_RECEIPT_CHANGED, NOTICE_WITHDRAWN
from services.notice.contract.permissions import PERMISSIONS

OPERATIONS = [*notices.OPERATIONS, *receipts.OPERATIONS, *messages.OPERATIONS]
__all__ = ["EVENTS", "NOTICE_PUBLISHED", "NOTICE_RECEIPT_CHANGED", "NOTICE_WITHDRAWN", "OPERATIONS", "PERMISSIONS"]
