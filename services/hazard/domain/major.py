"""The states of a major hazard (重大隐患, SM-MHZ) and the moves between them."""

from enum import StrEnum


class State(StrEnum):
    REGISTERED = "registered"  # 已登记
    REPORTED = "reported"  # 已上报
    PLANNING = "planning"  # 编制治理方案
    PLAN_REVIEW = "plan_review"  # 方案待审
    RECTIFYING = "rectifying"  # 治理中
    EXTENSION_PENDING = "extension_pending"  # 延期待批
    ASSESSING = "assessing"  # 治理效果评估
    ACCEPTANCE = "acceptance"  # 申请销号待验收
    CLOSED = "closed"  # 已销号
    DOWNGRADED = "downgraded"  # 降为一般隐患
    CANCELLED = "cancelled"  # 误判撤销


class Move(StrEnum):
    REPORT = "report"
    START_PLAN = "start_plan"
    SUBMIT_PLAN = "submit_plan"
    APPROVE_PLAN = "approve_plan"
    RETURN_PLAN = "return_plan"
    PROGRESS = "progress"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REJECT_EXTENSION = "reject_extension"
    FINISH = "finish"
    ASSESS_PASS = "assess_pass"  # noqa: S105 - a move, no password.
    ASSESS_FAIL = "assess_fail"
    ACCEPT = "accept"
    REFUSE = "refuse"
    DOWNGRADE = "downgrade"
    CANCEL = "cancel"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (State.REGISTERED, Move.REPORT): State.REPORTED,
    (State.REPORTED, Move.START_PLAN): State.PLANNING,
    (State.PLANNING, Move.SUBMIT_PLAN): State.PLAN_REVIEW,
    (State.PLAN_REVIEW, Move.APPROVE_PLAN): State.RECTIFYING,
    (State.PLAN_REVIEW, Move.RETURN_PLAN): State.PLANNING,
    (State.RECTIFYING, Move.PROGRESS): State.RECTIFYING,
    (State.RECTIFYING, Move.REQUEST_EXTENSION): State.EXTENSION_PENDING,
    (State.EXTENSION_PENDING, Move.APPROVE_EXTENSION): State.RECTIFYING,
    (State.EXTENSION_PENDING, Move.REJECT_EXTENSION): State.RECTIFYING,
    (State.RECTIFYING, Move.FINISH): State.ASSESSING,
    (State.ASSESSING, Move.ASSESS_PASS): State.ACCEPTANCE,
    (State.ASSESSING, Move.ASSESS_FAIL): State.RECTIFYING,
    (State.ACCEPTANCE, Move.ACCEPT): State.CLOSED,
    (State.ACCEPTANCE, Move.REFUSE): State.RECTIFYING,
    (State.REGISTERED, Move.DOWNGRADE): State.DOWNGRADED,
    (State.REPORTED, Move.DOWNGRADE): State.DOWNGRADED,
    (State.PLANNING, Move.DOWNGRADE): State.DOWNGRADED,
    (State.REGISTERED, Move.CANCEL): State.CANCELLED,
    (State.REPORTED, Move.CANCEL): State.CANCELLED,
}
LABELS = {
    State.REGISTERED: "已登记待上报",
    State.REPORTED: "已上报",
    State.PLANNING: "正在编制治理方案",
    State.PLAN_REVIEW: "治理方案待审",
    State.RECTIFYING: "治理中",
    State.EXTENSION_PENDING: "延期待批",
    State.ASSESSING: "正在评估治理效果",
    State.ACCEPTANCE: "待验收",
    State.CLOSED: "已销号",
    State.DOWNGRADED: "已降为一般隐患",
    State.CANCELLED: "已撤销",
}
