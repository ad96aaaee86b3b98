"""Requests of an enterprise to stop and to resume (停复工); an approved one moves the enterprise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.enterprise.domain.routing import Authority, Sector
from services.kernel.errors import Conflict, Forbidden, Invalid


class Kind(StrEnum):
    STOP = "stop"  # 停工停产
    RESUME = "resume"  # 复工复产


class Status(StrEnum):
    DRAFT = "draft"  # 草稿
    PENDING = "pending"  # 待审核
    APPROVED = "approved"  # 已批准
    REJECTED = "rejected"  # 已驳回
    CANCELLED = "cancelled"  # 已撤回


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.DRAFT, Move.SUBMIT): Status.PENDING,
    (Status.PENDING, Move.APPROVE): Status.APPROVED,
    (Status.PENDING, Move.REJECT): Status.REJECTED,
    (Status.DRAFT, Move.WITHDRAW): Status.CANCELLED,
    (Status.PENDING, Move.WITHDRAW): Status.CANCELLED,
}
LABELS = {"draft": "为草稿", "pending": "待审核", "approved": "已批准", "rejected": "已驳回", "cancelled": "已撤回"}
ORDERED = "ordered"  # 责令停产
# Mines and fireworks resume only after acceptance on site by the county authority.
ACCEPTED_ON_SITE = ("MK", "FM", "YH")
COAL, COAL_ACCEPTANCE_DAYS = "MK", 20  # Coal mines: acceptance within 20 days of the application.
STOP_NEEDS = {
    "stop_kind": "停产类型", "reason": "原因", "from_on": "起始日期", "expected_to_on": "预计截止日期",
    "duty_arrangement": "值班安排", "are_dangers_sealed": "危险源已封存确认",
}  # fmt: skip
RESUME_NEEDS = {"from_on": "复工日期", "self_check_report": "复工自查报告"}


@dataclass(eq=False)
class SuspensionRequest:
    """One request; what it lacks is refused when it is submitted, not while it is written."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    kind: str
    requested_at: datetime
    stop_kind: str | None = None
    reason: str | None = None
    from_on: date | None = None
    expected_to_on: date | None = None
    duty_arrangement: str | None = None
    are_dangers_sealed: bool = False
    self_check_report: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    status: str = Status.DRAFT
    authority_region: str | None = None
    authority_sector: str | None = None
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    acceptance_record: list[str] = field(default_factory=list)
    accepted_on: date | None = None
    acceptance_due_on: date | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    version: int = 0

    @property
    def authority(self) -> Authority:
        if self.authority_region is None or self.authority_sector is None:
            raise Conflict("suspension.not_submitted", "该申请尚未提交")
        return Authority(self.authority_region, Sector(self.authority_sector))

    @property
    def is_acceptance_late(self) -> bool:
        """Whether a coal mine's acceptance came later than 20 days after the application; it shows and never refuses."""
        return self.accepted_on is not None and self.acceptance_due_on is not None and self.accepted_on > self.acceptance_due_on

    def write(self, values: Mapping[str, Any]) -> None:
        """Take over what the draft is to say."""
        if self.status != Status.DRAFT:
            raise Conflict("suspension.locked", f"申请{LABELS[self.status]}，不能修改", status=self.status)
        for name, value in values.items():
            setattr(self, name, value)

    def submit(self, enterprise_status: str, to: Authority, by: str, now: datetime, today: date) -> None:
        """Hand the request in; an enterprise in operation stops, a stopped one resumes."""
        wanted, sentence = ("active", "企业不在正常生产经营状态，不能申请停产")
        if self.kind == Kind.RESUME:
            wanted, sentence = ("suspended", "企业不在停产状态，不能申请复工")
        if enterprise_status != wanted:
            raise Conflict("suspension.wrong_state", sentence, status=enterprise_status)
        self._require_complete()
        self._move(Move.SUBMIT)
        self.authority_region, self.authority_sector = to.region, to.sector
        self.submitted_by, self.submitted_at = by, now
        if self.kind == Kind.RESUME and (self.industry or "").startswith(COAL):
            self.acceptance_due_on = today + timedelta(days=COAL_ACCEPTANCE_DAYS)

    def withdraw(self) -> None:
        self._move(Move.WITHDRAW)

    def needs_acceptance(self, stopped_as: str | None) -> bool:
        """Whether resuming needs an acceptance record: after an ordered stop, and in mines and fireworks always."""
        return self.kind == Kind.RESUME and (stopped_as == ORDERED or (self.industry or "").startswith(ACCEPTED_ON_SITE))

    def approve(
        self,
        by: str,
        by_name: str,
        opinion: str | None,
        now: datetime,
        record: list[str],
        accepted_on: date | None,
        stopped_as: str | None,
    ) -> None:
        """Grant the request; ``stopped_as`` is the kind of the stop that a resumption ends."""
        self.acceptance_record = record or self.acceptance_record
        self.accepted_on = accepted_on or self.accepted_on
        if self.needs_acceptance(stopped_as) and not (self.acceptance_record and self.accepted_on):
            raise Invalid(
                "suspension.no_acceptance", "责令停产的企业及矿山、烟花爆竹企业复工须先现场验收，请上传验收记录并填写验收日期",
                acceptance_record="必填", accepted_on="必填",
            )  # fmt: skip
        self._decide(Move.APPROVE, by, by_name, opinion, now)

    def reject(self, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if not opinion:
            raise Invalid("review.no_reason", "驳回须写明原因", opinion="必填")
        self._decide(Move.REJECT, by, by_name, opinion, now)

    def _require_complete(self) -> None:
        needs = STOP_NEEDS if self.kind == Kind.STOP else RESUME_NEEDS
        missing: dict[str, Any] = {name: label for name, label in needs.items() if not getattr(self, name)}
        if missing:
            raise Invalid("suspension.incomplete", f"请先填写：{'、'.join(missing.values())}", **dict.fromkeys(missing, "必填"))
        if self.kind == Kind.STOP and self.from_on and self.expected_to_on and self.expected_to_on < self.from_on:
            raise Invalid("suspension.wrong_order", "预计截止日期不能早于起始日期", expected_to_on="早于起始日期")

    def _decide(self, move: Move, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if by == self.submitted_by:
            raise Forbidden("review.own_submission", "不能审核本人提交的事项")
        self._move(move)
        self.decided_by_name, self.decided_at, self.opinion = by_name, now, opinion

    def _move(self, move: Move) -> None:
        after = MOVES.get((Status(self.status), move))
        if after is None:
            raise Conflict("suspension.illegal_move", f"申请{LABELS[self.status]}，不能进行此操作", status=self.status, move=move)
        self.status = after
