"""Changes of key fields under review (SM-ENTCHG): the old value stands until the change is applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.enterprise.domain.routing import Authority, Sector
from services.kernel.errors import Conflict, Forbidden, Invalid


class Status(StrEnum):
    DRAFT = "draft"  # 草稿
    PENDING = "pending"  # 待审核
    APPLIED = "applied"  # 已生效
    REJECTED = "rejected"  # 已驳回
    CANCELLED = "cancelled"  # 已取消


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.DRAFT, Move.SUBMIT): Status.PENDING,
    (Status.REJECTED, Move.SUBMIT): Status.PENDING,
    (Status.PENDING, Move.APPROVE): Status.APPLIED,
    (Status.PENDING, Move.REJECT): Status.REJECTED,
    (Status.DRAFT, Move.CANCEL): Status.CANCELLED,
    (Status.PENDING, Move.CANCEL): Status.CANCELLED,
    (Status.REJECTED, Move.CANCEL): Status.CANCELLED,
}
LABELS = {"draft": "为草稿", "pending": "待审核", "applied": "已生效", "rejected": "已驳回", "cancelled": "已取消"}


@dataclass(eq=False)
class EnterpriseChange:
    """One request; its region is the enterprise's, so that whoever sees the enterprise sees it."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    requested_at: datetime
    reason: str
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    status: str = Status.DRAFT
    authority_region: str | None = None
    authority_sector: str | None = None
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    version: int = 0

    @property
    def authority(self) -> Authority:
        if self.authority_region is None or self.authority_sector is None:
            raise Conflict("change.not_submitted", "该变更尚未提交")
        return Authority(self.authority_region, Sector(self.authority_sector))

    def write(self, new: Mapping[str, Any], reason: str, attachments: list[str]) -> None:
        """Take over what is asked for; possible before submission and after a rejection."""
        if self.status not in (Status.DRAFT, Status.REJECTED):
            raise Conflict("change.locked", f"变更{LABELS[self.status]}，不能修改")
        self.new, self.reason, self.attachments = dict(new), reason, attachments

    def submit(self, present: Mapping[str, Any], to: Authority, by: str, now: datetime) -> None:
        """Hand the change in; at least one key field must differ from its present value."""
        self.new = {code: value for code, value in self.new.items() if value != present.get(code)}
        if not self.new:
            raise Invalid("change.nothing_changed", "没有任何关键信息发生变化", changes="至少变更一项")
        self._move(Move.SUBMIT)
        self.old = {code: present.get(code) for code in self.new}
        self.authority_region, self.authority_sector = to.region, to.sector
        self.submitted_by, self.submitted_at, self.opinion = by, now, None

    def approve(self, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        self._decide(Move.APPROVE, by, by_name, opinion, now)

    def reject(self, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if not opinion:
            raise Invalid("review.no_reason", "驳回须写明原因", opinion="必填")
        self._decide(Move.REJECT, by, by_name, opinion, now)

    def cancel(self) -> None:
        self._move(Move.CANCEL)

    def _decide(self, move: Move, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if by == self.submitted_by:
            raise Forbidden("review.own_submission", "不能审核本人提交的事项")
        self._move(move)
        self.decided_by_name, self.decided_at, self.opinion = by_name, now, opinion

    def _move(self, move: Move) -> None:
        after = MOVES.get((Status(self.status), move))
        if after is None:
            raise Conflict("change.illegal_move", f"变更{LABELS[self.status]}，不能进行此操作", status=self.status, move=move)
        self.status = after
