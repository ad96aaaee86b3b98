"""One receipt (通知接收与办理): how far one receiver of a notice is, and whether he answered in time."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.kernel.errors import Conflict, Forbidden, Invalid
from services.notice.domain.events import ReceiptChanged


class Status(StrEnum):
    UNREAD = "unread"  # 未读
    READ = "read"  # 已读
    REGISTERED = "registered"  # 已登记办理
    REPLIED = "replied"  # 已反馈
    DONE = "done"  # 已办结


class Move(StrEnum):
    READ = "read"
    REGISTER = "register"
    REPLY = "reply"
    CLOSE = "close"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.UNREAD, Move.READ): Status.READ,
    (Status.READ, Move.REGISTER): Status.REGISTERED,
    (Status.READ, Move.REPLY): Status.REPLIED,
    (Status.REGISTERED, Move.REPLY): Status.REPLIED,
    (Status.REPLIED, Move.CLOSE): Status.DONE,
    (Status.READ, Move.CLOSE): Status.DONE,
}
LABELS = {"unread": "尚未签收", "read": "已签收", "registered": "已登记办理", "replied": "已反馈", "done": "已办结"}
UNANSWERED = (Status.UNREAD, Status.READ, Status.REGISTERED)


@dataclass(eq=False)
class Receipt:
    """``industry`` and ``enterprise_id`` are those of a receiving enterprise; a department has neither."""

    id: str
    notice_id: str
    region: str
    receiver_name: str
    received_at: datetime
    industry: str | None = None
    enterprise_id: str | None = None
    department_id: str | None = None
    needs_handling: bool = False
    feedback_due_at: datetime | None = None
    status: str = Status.UNREAD
    read_at: datetime | None = None
    read_by_name: str | None = None
    handler: str | None = None
    handling_opinion: str | None = None
    handling_due_on: date | None = None
    registered_at: datetime | None = None
    registered_by_name: str | None = None
    reply: str | None = None
    reply_files: list[str] = field(default_factory=list)
    replied_at: datetime | None = None
    replied_by: str | None = None
    replied_by_name: str | None = None
    is_late: bool = False
    overdue_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by_name: str | None = None
    closing_opinion: str | None = None
    version: int = 0

    @property
    def receiver_kind(self) -> str:
        return "enterprise" if self.enterprise_id else "department"

    @property
    def receiver(self) -> str | None:
        return self.enterprise_id or self.department_id

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline was seen to pass without an answer; the flag goes with the answer."""
        return self.overdue_at is not None and self.status in UNANSWERED

    def read(self, by_name: str, now: datetime) -> ReceiptChanged:
        self._move(Move.READ)
        self.read_at, self.read_by_name = now, by_name
        self._mark_overdue(now)
        return ReceiptChanged(step=Move.READ)

    def register(self, by_name: str, handler: str, opinion: str | None, due_on: date | None, now: datetime) -> ReceiptChanged:
        """Say who handles it, where the notice asks for handling."""
        if not self.needs_handling:
            raise Conflict("receipt.no_handling", "该通知不需要登记办理，可直接反馈")
        self._move(Move.REGISTER)
        self.handler, self.handling_opinion, self.handling_due_on = handler, opinion, due_on
        self.registered_at, self.registered_by_name = now, by_name
        self._mark_overdue(now)
        return ReceiptChanged(step=Move.REGISTER)

    def answer(self, by: str, by_name: str, reply: str, files: list[str], now: datetime) -> ReceiptChanged:
        """Answer with a text or files; what comes after the deadline is taken and marked late."""
        if not reply.strip() and not files:
            raise Invalid("receipt.empty_reply", "请填写反馈内容或上传附件", reply="必填")
        self._move(Move.REPLY)
        self.reply, self.reply_files = reply, files
        self.replied_at, self.replied_by, self.replied_by_name = now, by, by_name
        # The moment of the deadline itself is in time.
        self.is_late = self._is_past_due(now)
        return ReceiptChanged(step=Move.REPLY)

    def close(self, by: str, by_name: str, opinion: str | None, now: datetime) -> ReceiptChanged:
        """The publisher is content; nobody closes his own answer."""
        if by == self.replied_by:
            raise Forbidden("receipt.own_reply", "不能办结本人的反馈")
        self._move(Move.CLOSE)
        self.closed_at, self.closed_by_name, self.closing_opinion = now, by_name, opinion
        return ReceiptChanged(step=Move.CLOSE)

    def _is_past_due(self, now: datetime) -> bool:
        return self.feedback_due_at is not None and now > self.feedback_due_at

    def _mark_overdue(self, now: datetime) -> None:
        if self.overdue_at is None and self._is_past_due(now):
            self.overdue_at = now

    def _move(self, move: Move) -> None:
        after = MOVES.get((Status(self.status), move))
        if after is None:
            raise Conflict("receipt.illegal_move", f"该通知{LABELS[self.status]}，不能进行此操作", status=self.status, move=move)
        self.status = after
