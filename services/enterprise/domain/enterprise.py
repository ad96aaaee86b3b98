"""One enterprise, from the applicant's draft to its closing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.enterprise.domain import events, routing
from services.enterprise.domain.routing import Authority
from services.kernel import region as places
from services.kernel.errors import Conflict, Forbidden, Invalid
from services.kernel.event import Fact


class Status(StrEnum):
    DRAFT = "draft"  # 草稿
    PENDING = "pending"  # 待审核
    ACTIVE = "active"  # 已通过
    REJECTED = "rejected"  # 审核不通过
    SUSPENDED = "suspended"  # 停工停产
    DELETED = "deleted"  # 已删除
    CLOSED = "closed"  # 已注销


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    DELETE = "delete"
    EXPIRE_DRAFT = "expire_draft"
    RESTORE = "restore"
    RESTORE_SUSPENDED = "restore_suspended"
    CLOSE = "close"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.DRAFT, Move.SUBMIT): Status.PENDING,
    (Status.PENDING, Move.APPROVE): Status.ACTIVE,
    (Status.PENDING, Move.REJECT): Status.REJECTED,
    (Status.REJECTED, Move.RESUBMIT): Status.PENDING,
    (Status.PENDING, Move.WITHDRAW): Status.DRAFT,
    (Status.ACTIVE, Move.SUSPEND): Status.SUSPENDED,
    (Status.SUSPENDED, Move.RESUME): Status.ACTIVE,
    (Status.ACTIVE, Move.DELETE): Status.DELETED,
    (Status.SUSPENDED, Move.DELETE): Status.DELETED,
    (Status.REJECTED, Move.DELETE): Status.DELETED,
    (Status.PENDING, Move.DELETE): Status.DELETED,
    (Status.DRAFT, Move.EXPIRE_DRAFT): Status.DELETED,
    (Status.DELETED, Move.RESTORE): Status.ACTIVE,
    (Status.DELETED, Move.RESTORE_SUSPENDED): Status.SUSPENDED,
    (Status.ACTIVE, Move.CLOSE): Status.CLOSED,
    (Status.SUSPENDED, Move.CLOSE): Status.CLOSED,
}
LABELS = {
    Status.DRAFT: "草稿", Status.PENDING: "待审核", Status.ACTIVE: "已通过", Status.REJECTED: "审核不通过",
    Status.SUSPENDED: "停工停产", Status.DELETED: "已删除", Status.CLOSED: "已注销",
}  # fmt: skip
DRAFT_DAYS = 30
RESTORE_DAYS = 180
# Kept in columns of their own, because lists filter by them and announcements carry them.
CORE = ("name", "unified_credit_code", "enterprise_type", "region", "industry", "scale", "employees", "business_state")
REGISTRANT = ("registrant_name", "registrant_mobile", "registrant_email", "review_ground")
EDITABLE = (Status.DRAFT, Status.REJECTED)
RUNNING = (Status.ACTIVE, Status.SUSPENDED)


@dataclass(eq=False)
class Enterprise:
    """One enterprise; ``enterprise_id`` is its own id, so that scope fits it like everything that belongs to it."""

    id: str
    enterprise_id: str
    region: str
    drafted_at: datetime
    name: str
    industry: str | None = None
    unified_credit_code: str | None = None
    enterprise_type: str | None = None
    scale: str | None = None
    employees: int | None = None
    business_state: str | None = None
    basic: dict[str, Any] = field(default_factory=dict)
    registrant_name: str | None = None
    registrant_mobile: str | None = None
    registrant_email: str | None = None
    review_ground: str = routing.Ground.ORDINARY
    status: str = Status.DRAFT
    round: int = 0
    authority_region: str | None = None
    authority_sector: str | None = None
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    submitted_content: dict[str, Any] | None = None
    review_due_on: date | None = None
    decided_by: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    approved_at: datetime | None = None
    status_before: str | None = None
    suspended_from: date | None = None
    suspension_kind: str | None = None
    grade: str | None = None
    version: int = 0

    @property
    def authority(self) -> Authority:
        if self.authority_region is None or self.authority_sector is None:
            raise Conflict("enterprise.not_submitted", "该企业尚未提交申报")
        return Authority(self.authority_region, routing.Sector(self.authority_sector))

    @property
    def content(self) -> dict[str, Any]:
        """The basic information as one mapping, absent fields left out."""
        core = {code: getattr(self, code) for code in CORE}
        return {code: value for code, value in (core | self.basic).items() if value is not None}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Take over what the applicant wrote; possible before submission and after a rejection."""
        if self.status not in EDITABLE:
            raise Conflict("enterprise.locked", f"申报{LABELS[Status(self.status)]}，不能修改")
        for name in REGISTRANT:
            if name in values:
                setattr(self, name, values[name])
        self._assign({code: value for code, value in values.items() if code not in REGISTRANT})

    def submit(self, required: Mapping[str, str], to: Authority, due_on: date, by: str, now: datetime) -> Fact:
        """Hand the application in, or in again after a rejection; every required field must be there."""
        if missing := self.missing(required):
            names = "、".join(required[code] for code in missing)
            raise Invalid("enterprise.incomplete", f"还有{len(missing)}项必填信息未填写：{names}", **dict.fromkeys(missing, "必填"))
        if self.status == Status.REJECTED:
            if self.content == self.submitted_content:
                raise Conflict("enterprise.unchanged", "信息没有变化，请按审核意见修改后再提交")
            self._move(Move.RESUBMIT)
            self.round += 1
        else:
            self._move(Move.SUBMIT)
            self.round = max(self.round, 1)
        self.authority_region, self.authority_sector = to.region, to.sector
        self.submitted_by, self.submitted_at, self.submitted_content = by, now, self.content
        self.review_due_on, self.opinion = due_on, None
        return events.EnterpriseRegistered()

    def missing(self, required: Mapping[str, str]) -> list[str]:
        """The required fields that are still empty, in the order of the form."""
        content = self.content
        return [code for code in required if content.get(code) in (None, "")]

    def withdraw(self) -> Fact:
        """Take the application back while nobody has decided."""
        self._move(Move.WITHDRAW)
        return events.EnterpriseChanged()

    def approve(self, by: str, by_name: str, opinion: str | None, now: datetime) -> Fact:
        self._decide(Move.APPROVE, by, by_name, opinion, now)
        self.approved_at = now
        return events.EnterpriseApproved(opinion)

    def reject(self, by: str, by_name: str, opinion: str | None, now: datetime) -> Fact:
        if not opinion:
            raise Invalid("review.no_reason", "审核不通过须写明原因", opinion="必填")
        self._decide(Move.REJECT, by, by_name, opinion, now)
        return events.EnterpriseRejected(opinion)

    def transfer(self, to: Authority) -> Fact:
        """Hand the review to another authority; its term goes on."""
        if self.status != Status.PENDING:
            raise Conflict("review.not_pending", "该企业不在待审核状态，不能移交")
        if to == self.authority:
            raise Conflict("review.same_authority", "该企业已由该机关审核")
        routing.check_receiver(to, self.region)
        self.authority_region, self.authority_sector = to.region, to.sector
        return events.EnterpriseChanged()

    def update(self, values: Mapping[str, Any]) -> Fact:
        """Take over ordinary information at once; whoever calls has left out key fields."""
        self.require_running()
        self._assign(values)
        return events.EnterpriseChanged()

    def apply_change(self, values: Mapping[str, Any], usual: Authority) -> Fact:
        """Take over key fields that a review has approved; ``usual`` is who decides on the enterprise from now on."""
        self.require_running()
        old_region = self.region
        self._assign(values)
        self.authority_region, self.authority_sector = usual.region, usual.sector
        return events.EnterpriseChanged() if self.region == old_region else events.EnterpriseRegionChanged(old_region)

    def suspend(self, from_on: date, kind: str) -> Fact:
        self._move(Move.SUSPEND)
        self.suspended_from, self.suspension_kind = from_on, kind
        return events.EnterpriseSuspended(from_on)

    def resume(self, on: date) -> Fact:
        self._move(Move.RESUME)
        self.suspended_from = self.suspension_kind = None
        return events.EnterpriseResumed(on)

    def delete(self, by: str, by_name: str, reason: str, now: datetime) -> Fact:
        self._remove(Move.DELETE, by, by_name, reason, now)
        return events.EnterpriseDeleted(reason)

    def expire_draft(self, by: str, by_name: str, now: datetime) -> Fact:
        """Delete a draft that nobody has submitted within 30 days."""
        if now < self.drafted_at + timedelta(days=DRAFT_DAYS):
            raise Conflict("enterprise.draft_not_expired", "草稿未满30天")
        reason = f"草稿超过{DRAFT_DAYS}天未提交"
        self._remove(Move.EXPIRE_DRAFT, by, by_name, reason, now)
        return events.EnterpriseDeleted(reason)

    def restorable_until(self, deleted_on: date) -> date | None:
        """The last day on which a deletion can be undone; only of what was in operation."""
        return deleted_on + timedelta(days=RESTORE_DAYS) if self.status_before in RUNNING else None

    def restore(self, deleted_on: date, today: date) -> Fact:
        """Undo a deletion: back to the state before it."""
        move = Move.RESTORE_SUSPENDED if self.status_before == Status.SUSPENDED else Move.RESTORE
        self._check(move)
        until = self.restorable_until(deleted_on)
        if until is None:
            raise Conflict("enterprise.not_restorable", "删除前未通过审核的企业不能恢复，请重新申报")
        if today > until:
            raise Conflict("enterprise.restore_too_late", f"删除已超过{RESTORE_DAYS}天，不能恢复")
        self._move(move)
        self.status_before = None
        return events.EnterpriseRestored()

    def close(self, by: str, by_name: str, reason: str, now: datetime) -> Fact:
        self._remove(Move.CLOSE, by, by_name, reason, now)
        return events.EnterpriseClosed(reason)

    def require_fillable(self) -> None:
        """Refuse while an application is being reviewed, and for what has left the register."""
        if self.status not in (*EDITABLE, *RUNNING):
            raise Conflict("enterprise.locked", f"企业{LABELS[Status(self.status)]}，不能办理此事项")

    def require_running(self) -> None:
        """Refuse for enterprises that are not, or no longer, in the register."""
        if self.status not in RUNNING:
            raise Conflict("enterprise.not_running", f"企业{LABELS[Status(self.status)]}，不能办理此事项")

    def _decide(self, move: Move, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if by == self.submitted_by:
            raise Forbidden("review.own_submission", "不能审核本人提交的事项")
        self._move(move)
        self.decided_by, self.decided_by_name, self.decided_at, self.opinion = by, by_name, now, opinion

    def _remove(self, move: Move, by: str, by_name: str, reason: str, now: datetime) -> None:
        before = self.status
        self._move(move)
        self.status_before = before
        self.decided_by, self.decided_by_name, self.decided_at, self.opinion = by, by_name, now, reason

    def _assign(self, values: Mapping[str, Any]) -> None:
        if (
            (place := values.get("region"))
            and places.level(place) in ("province", "prefecture")
            and place not in places.FUNCTIONAL_AREAS
        ):
            raise Invalid("enterprise.region_too_wide", "生产经营所在地区应选择到区县或乡镇", region=place)
        for code in CORE:
            if code in values:
                setattr(self, code, values[code])
        self.basic = self.basic | {code: value for code, value in values.items() if code not in CORE}

    def _check(self, move: Move) -> Status:
        after = MOVES.get((Status(self.status), move))
        if after is None:
            raise Conflict(
                "enterprise.illegal_move", f"企业{LABELS[Status(self.status)]}，不能进行此操作", status=self.status, move=move
            )
        return after

    def _move(self, move: Move) -> None:
        self.status = self._check(move)
