"""One notice (通知公告, 督办通知), from its draft to its end; receivers come to know it once it is published."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.kernel.caller import Scope
from services.kernel.errors import Conflict, Forbidden, Invalid
from services.notice.domain.events import NoticePublished, NoticeWithdrawn


class Status(StrEnum):
    DRAFT = "draft"  # 草稿
    PENDING = "pending"  # 待审核
    PUBLISHED = "published"  # 已发布
    WITHDRAWN = "withdrawn"  # 已撤回
    EXPIRED = "expired"  # 已过期


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    PUBLISH_DIRECT = "publish_direct"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (Status.DRAFT, Move.SUBMIT): Status.PENDING,
    (Status.PENDING, Move.APPROVE): Status.PUBLISHED,
    (Status.PENDING, Move.RETURN): Status.DRAFT,
    (Status.DRAFT, Move.PUBLISH_DIRECT): Status.PUBLISHED,
    (Status.PUBLISHED, Move.WITHDRAW): Status.WITHDRAWN,
    (Status.PUBLISHED, Move.EXPIRE): Status.EXPIRED,
}
LABELS = {"draft": "为草稿", "pending": "待审核", "published": "已发布", "withdrawn": "已撤回", "expired": "已过期"}
SHOWN_TO_RECEIVERS = (Status.PUBLISHED, Status.EXPIRED)
SUPERVISION = "supervision"  # 督办通知
CONTENT = ("title", "kind", "body", "receivers", "needs_handling", "feedback_due_at", "expires_on", "attachments", "is_public")


@dataclass(eq=False)
class Notice:
    """``scope`` is that of the person who submitted or published it: nobody outside it receives anything.

    What ``is_public`` (对外公开) anybody may read while it is published; who decides on the notice decides on that too.
    """

    id: str
    region: str
    department_id: str | None
    department_name: str | None
    author_id: str
    author_name: str
    drafted_at: datetime
    title: str
    kind: str
    body: str = ""
    receivers: dict[str, Any] = field(default_factory=dict)
    needs_handling: bool = False
    feedback_due_at: datetime | None = None
    expires_on: date | None = None
    attachments: list[str] = field(default_factory=list)
    is_public: bool = False
    status: str = Status.DRAFT
    scope: dict[str, list[str]] | None = None
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None
    version: int = 0

    def is_of(self, account_id: str, department_id: str | None) -> bool:
        """Whether somebody belongs to the side that publishes: the author, and his department."""
        return account_id == self.author_id or (department_id is not None and department_id == self.department_id)

    def require_decider(self, account_id: str, department_id: str | None, region: str | None) -> None:
        """Refuse superiors and neighbours, who see what waits: an authority decides on its own notices."""
        is_neighbour = self.department_id is None and region == self.region  # Written by a system, which has no department.
        if not (is_neighbour or self.is_of(account_id, department_id)):
            raise Forbidden("notice.not_yours", "只能办理本部门发布的通知")

    def edit(self, content: dict[str, Any]) -> None:
        """Take over what was written; only drafts are written on."""
        if self.status != Status.DRAFT:
            raise Conflict("notice.not_draft", f"通知{LABELS[self.status]}，不能修改", status=self.status)
        for name in CONTENT:
            setattr(self, name, content[name])
        # What a superior urges is always registered and answered.
        self.needs_handling = self.needs_handling or self.kind == SUPERVISION

    def submit(self, by: str, scope: Scope, now: datetime, today: date) -> None:
        self._require_complete(now, today)
        self._move(Move.SUBMIT)
        self._hand_in(by, scope, now)

    def publish_directly(self, by: str, scope: Scope, now: datetime, today: date) -> NoticePublished:
        self._require_complete(now, today)
        self._move(Move.PUBLISH_DIRECT)
        self._hand_in(by, scope, now)
        self.published_at = now
        return NoticePublished()

    def approve(self, by: str, by_name: str, opinion: str | None, now: datetime, today: date) -> NoticePublished:
        """Publish; a deadline that passed while the notice waited would make every receiver late at once."""
        self._decide(Move.APPROVE, by, by_name, opinion, now)
        self._require_terms(now, today)
        self.published_at = now
        return NoticePublished()

    def send_back(self, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if not opinion:
            raise Invalid("review.no_reason", "退回须写明原因", opinion="必填")
        self._decide(Move.RETURN, by, by_name, opinion, now)

    def withdraw(self, reason: str, now: datetime) -> NoticeWithdrawn:
        self._move(Move.WITHDRAW)
        self.withdrawn_at, self.withdrawal_reason = now, reason
        return NoticeWithdrawn(reason=reason)

    def expire(self, today: date) -> None:
        """End with the day after its last day."""
        if self.expires_on is None or today <= self.expires_on:
            raise Conflict("notice.still_valid", "通知仍在有效期内")
        self._move(Move.EXPIRE)

    def _hand_in(self, by: str, scope: Scope, now: datetime) -> None:
        self.submitted_by, self.submitted_at = by, now
        self.scope = {
            "regions": list(scope.regions), "industries": list(scope.industries), "enterprises": list(scope.enterprises),
        }  # fmt: skip

    def _require_complete(self, now: datetime, today: date) -> None:
        chosen = any(self.receivers.get(name) for name in ("regions", "enterprise_ids", "department_ids"))
        needs = {
            "title": ("标题", bool(self.title.strip())),
            "body": ("正文", bool(self.body.strip())),
            "receivers": ("接收范围（地区、企业或部门）", chosen),
            "feedback_due_at": ("反馈截止时间", self.kind != SUPERVISION or self.feedback_due_at is not None),
        }
        if missing := {name: label for name, (label, is_there) in needs.items() if not is_there}:
            raise Invalid("notice.incomplete", f"请先填写：{'、'.join(missing.values())}", **dict.fromkeys(missing, "必填"))
        if not self.receivers.get("regions") and (self.receivers.get("industries") or self.receivers.get("grades")):
            raise Invalid("notice.no_regions", "按行业或分级选择接收企业时，请同时选择接收地区", receivers="缺少地区")
        self._require_terms(now, today)

    def _require_terms(self, now: datetime, today: date) -> None:
        if self.feedback_due_at is not None and self.feedback_due_at <= now:
            raise Invalid("notice.deadline_passed", "反馈截止时间已过，请重新填写", feedback_due_at="早于当前时间")
        if self.expires_on is not None and self.expires_on < today:
            raise Invalid("notice.expiry_passed", "有效期已过，请重新填写", expires_on="早于今天")

    def _decide(self, move: Move, by: str, by_name: str, opinion: str | None, now: datetime) -> None:
        if by == self.submitted_by:
            raise Forbidden("review.own_submission", "不能审核本人提交的事项")
        self._move(move)
        self.decided_by_name, self.decided_at, self.opinion = by_name, now, opinion

    def _move(self, move: Move) -> None:
        after = MOVES.get((Status(self.status), move))
        if after is None:
            raise Conflict("notice.illegal_move", f"通知{LABELS[self.status]}，不能进行此操作", status=self.status, move=move)
        self.status = after
