"""The states of a general hazard (一般隐患, SM-HZ) and the moves between them."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"  # 草稿
    REGISTERED = "registered"  # 已登记待确认
    RETURNED = "returned"  # 已退回
    RECTIFYING = "rectifying"  # 待整改
    EXTENSION_PENDING = "extension_pending"  # 延期待批
    PENDING_RECHECK = "pending_recheck"  # 待复查
    CLOSED = "closed"  # 已销号
    CLOSED_ON_SITE = "closed_on_site"  # 现场消除已归档
    CANCELLED = "cancelled"  # 已作废


class Move(StrEnum):
    REGISTER = "register"
    REGISTER_ON_SITE = "register_on_site"
    CONFIRM = "confirm"
    RETURN = "return"
    RESUBMIT = "resubmit"
    UPGRADE = "upgrade"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REJECT_EXTENSION = "reject_extension"
    SUBMIT_RECTIFICATION = "submit_rectification"
    RECHECK_PASS = "recheck_pass"  # noqa: S105 - a move, no password.
    RECHECK_FAIL = "recheck_fail"
    CANCEL = "cancel"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (State.DRAFT, Move.REGISTER): State.REGISTERED,
    (State.DRAFT, Move.REGISTER_ON_SITE): State.CLOSED_ON_SITE,
    (State.REGISTERED, Move.CONFIRM): State.RECTIFYING,
    (State.REGISTERED, Move.RETURN): State.RETURNED,
    (State.RETURNED, Move.RESUBMIT): State.REGISTERED,
    (State.REGISTERED, Move.UPGRADE): State.REGISTERED,
    (State.RECTIFYING, Move.UPGRADE): State.REGISTERED,
    (State.RECTIFYING, Move.REQUEST_EXTENSION): State.EXTENSION_PENDING,
    (State.EXTENSION_PENDING, Move.APPROVE_EXTENSION): State.RECTIFYING,
    (State.EXTENSION_PENDING, Move.REJECT_EXTENSION): State.RECTIFYING,
    (State.RECTIFYING, Move.SUBMIT_RECTIFICATION): State.PENDING_RECHECK,
    (State.PENDING_RECHECK, Move.RECHECK_PASS): State.CLOSED,
    (State.PENDING_RECHECK, Move.RECHECK_FAIL): State.RECTIFYING,
    (State.DRAFT, Move.CANCEL): State.CANCELLED,
    (State.REGISTERED, Move.CANCEL): State.CANCELLED,
    (State.RETURNED, Move.CANCEL): State.CANCELLED,
}
LABELS = {
    State.DRAFT: "为草稿",
    State.REGISTERED: "待确认",
    State.RETURNED: "已退回",
    State.RECTIFYING: "待整改",
    State.EXTENSION_PENDING: "延期待批",
    State.PENDING_RECHECK: "待复查",
    State.CLOSED: "已销号",
    State.CLOSED_ON_SITE: "已现场消除归档",
    State.CANCELLED: "已作废",
}
