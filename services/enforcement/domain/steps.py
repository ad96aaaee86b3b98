"""SM-INSP: the states of an inspection, its moves, and the step that a move leaves in its history."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    SCHEME_DRAFT = "scheme_draft"  # 方案草稿
    SCHEME_PENDING = "scheme_pending"  # 方案待批
    SCHEME_APPROVED = "scheme_approved"  # 方案已批
    IN_PROGRESS = "in_progress"  # 检查中
    RECORDED = "recorded"  # 已记录待处理
    ORDERED = "ordered"  # 已责令整改
    RECHECK = "recheck"  # 待复查
    CLOSED = "closed"  # 已结束
    CANCELLED = "cancelled"  # 已取消


class Move(StrEnum):
    SUBMIT_SCHEME = "submit_scheme"
    APPROVE_SCHEME = "approve_scheme"
    RETURN_SCHEME = "return_scheme"
    START = "start"
    RECORD = "record"
    NO_PROBLEM = "no_problem"
    ORDER = "order"
    SIMPLE_PENALTY = "simple_penalty"
    OPEN_CASE = "open_case"
    DUE = "due"
    RECHECK_PASS = "recheck_pass"  # noqa: S105 (no password)
    RECHECK_FAIL = "recheck_fail"
    CANCEL = "cancel"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (State.SCHEME_DRAFT, Move.SUBMIT_SCHEME): State.SCHEME_PENDING,
    (State.SCHEME_PENDING, Move.APPROVE_SCHEME): State.SCHEME_APPROVED,
    (State.SCHEME_PENDING, Move.RETURN_SCHEME): State.SCHEME_DRAFT,
    (State.SCHEME_APPROVED, Move.START): State.IN_PROGRESS,
    (State.IN_PROGRESS, Move.RECORD): State.RECORDED,
    (State.RECORDED, Move.NO_PROBLEM): State.CLOSED,
    (State.RECORDED, Move.ORDER): State.ORDERED,
    (State.RECORDED, Move.SIMPLE_PENALTY): State.RECORDED,
    (State.ORDERED, Move.SIMPLE_PENALTY): State.ORDERED,
    (State.RECORDED, Move.OPEN_CASE): State.RECORDED,
    (State.ORDERED, Move.OPEN_CASE): State.ORDERED,
    (State.RECHECK, Move.OPEN_CASE): State.RECHECK,
    (State.ORDERED, Move.DUE): State.RECHECK,
    (State.RECHECK, Move.RECHECK_PASS): State.CLOSED,
    (State.RECHECK, Move.RECHECK_FAIL): State.ORDERED,
    (State.SCHEME_DRAFT, Move.CANCEL): State.CANCELLED,
    (State.SCHEME_PENDING, Move.CANCEL): State.CANCELLED,
    (State.SCHEME_APPROVED, Move.CANCEL): State.CANCELLED,
}
LABELS = {
    State.SCHEME_DRAFT: "方案还是草稿", State.SCHEME_PENDING: "方案正在审批", State.SCHEME_APPROVED: "方案已批准",
    State.IN_PROGRESS: "正在检查", State.RECORDED: "已作检查记录", State.ORDERED: "已责令整改", State.RECHECK: "正待复查",
    State.CLOSED: "已结束", State.CANCELLED: "已取消",
}  # fmt: skip
# What people may be offered; the rest is done by time, or has its own procedure.
OFFERED = (
    Move.SUBMIT_SCHEME, Move.APPROVE_SCHEME, Move.START, Move.RECORD, Move.ORDER, Move.NO_PROBLEM, Move.RECHECK_PASS, Move.CANCEL,
)  # fmt: skip
OPEN = frozenset(State) - {State.CLOSED, State.CANCELLED}
# From its record on, an inspection concerns the enterprise and whoever supervises it; before, only those who plan it.
DISCLOSED = frozenset({State.RECORDED, State.ORDERED, State.RECHECK, State.CLOSED})


@dataclass(frozen=True)
class Act:
    """Who does something, and when; ``on`` is that moment's day in China."""

    by: str
    by_name: str
    at: datetime
    on: date


@dataclass(frozen=True)
class Step:
    at: datetime
    by_name: str
    move: str
    before: str
    after: str
    reason: str | None = None
