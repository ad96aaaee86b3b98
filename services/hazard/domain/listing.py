"""The listing of a major hazard for supervision (挂牌督办): who lists, who lifts, and in which order."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.hazard.domain import deadlines
from services.hazard.domain.events import HazardFact, SupervisionLifted, SupervisionListed
from services.kernel import region
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Conflict, Forbidden, Invalid


class State(StrEnum):
    PROPOSED = "proposed"  # 拟挂牌
    LISTED = "listed"  # 督办中
    EXTENSION_PENDING = "extension_pending"  # 延期待批
    LIFT_APPLIED = "lift_applied"  # 申请摘牌
    LIFTED = "lifted"  # 已摘牌
    REJECTED = "rejected"  # 不予挂牌


class Move(StrEnum):
    LIST = "list"
    REFUSE = "refuse"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REJECT_EXTENSION = "reject_extension"
    APPLY_LIFT = "apply_lift"
    LIFT = "lift"
    RETURN = "return"


# From a state, by a move, to a state.  A pair that is not here is refused.
MOVES = {
    (State.PROPOSED, Move.LIST): State.LISTED,
    (State.PROPOSED, Move.REFUSE): State.REJECTED,
    (State.LISTED, Move.REQUEST_EXTENSION): State.EXTENSION_PENDING,
    (State.EXTENSION_PENDING, Move.APPROVE_EXTENSION): State.LISTED,
    (State.EXTENSION_PENDING, Move.REJECT_EXTENSION): State.LISTED,
    (State.LISTED, Move.APPLY_LIFT): State.LIFT_APPLIED,
    (State.LIFT_APPLIED, Move.LIFT): State.LIFTED,
    (State.LIFT_APPLIED, Move.RETURN): State.LISTED,
}
LABELS = {
    State.PROPOSED: "待决定",
    State.LISTED: "督办中",
    State.EXTENSION_PENDING: "延期待批",
    State.LIFT_APPLIED: "已申请摘牌",
    State.LIFTED: "已摘牌",
    State.REJECTED: "不予挂牌",
}
RUNNING = (State.LISTED, State.EXTENSION_PENDING, State.LIFT_APPLIED)
LOG_TERM = timedelta(days=15)  # Rules 7.4: a supervision log at least every 15 days.
LISTING_NEEDS = {"duty_unit": "责任单位", "duty_person": "责任人", "requirement": "督办要求", "deadline_on": "督办期限"}


def authority_of(place: str, level: str) -> str:
    """The region of the authority that lists at a level, around the place of the enterprise."""
    for code in region.ancestors(place):
        if region.level(code) == level:
            return code
    raise Invalid("listing.no_such_level", "该地区没有这一层级的督办机关，请改选上一层级", level="没有该层级")


@dataclass(eq=False)
class SupervisionListing:
    """One listing of one major hazard."""

    id: str
    enterprise_id: str
    region: str
    industry: str | None
    hazard_id: str
    hazard_number: str
    title: str
    level: str
    authority_region: str
    reason: str
    proposed_by: str
    proposed_by_name: str
    proposed_at: datetime
    status: str = State.PROPOSED
    document_number: str | None = None
    duty_unit: str | None = None
    duty_person: str | None = None
    requirement: str | None = None
    deadline_on: date | None = None
    opinion: str | None = None
    listed_at: datetime | None = None
    log_due_on: date | None = None
    extension_to_on: date | None = None
    extension_reason: str | None = None
    extension_by: str | None = None
    statement: str | None = None
    applied_by: str | None = None
    accepted_on: date | None = None
    attachments: list[str] = field(default_factory=list)
    lifted_at: datetime | None = None
    version: int = 0

    def is_overdue(self, today: date) -> bool:
        return self.status in (State.LISTED, State.EXTENSION_PENDING) and deadlines.is_over(self.deadline_on, today)

    def is_log_due(self, today: date) -> bool:
        """Whether the authority has not written into its log for more than 15 days."""
        return self.status in RUNNING and deadlines.is_over(self.log_due_on, today)

    def put_on_list(self, by: Caller, now: datetime, today: date, opinion: str | None) -> HazardFact:
        """Begin the supervision; duty, requirement and deadline are settled."""
        self.require_decider(by, self.proposed_by)
        missing = {name: label for name, label in LISTING_NEEDS.items() if not getattr(self, name)}
        if missing:
            raise Invalid("listing.incomplete", f"请先填写：{'、'.join(missing.values())}", **dict.fromkeys(missing, "必填"))
        deadlines.refuse_past(self.deadline_on, today)
        self._go(Move.LIST)
        self.listed_at, self.opinion, self.log_due_on = now, opinion, today + LOG_TERM
        return SupervisionListed(opinion)

    def refuse(self, by: Caller, opinion: str | None) -> None:
        self.require_decider(by, self.proposed_by)
        self._require_words(opinion, "不予挂牌须写明理由")
        self._go(Move.REFUSE)
        self.opinion = opinion

    def log(self, today: date) -> None:
        """The authority has looked after it; the next entry is due in 15 days."""
        self.require_running()
        self.log_due_on = today + LOG_TERM

    def request_extension(self, by: Caller, to_on: date, reason: str, today: date) -> None:
        """Ask for a later day, until the end of the deadline day."""
        self.require_enterprise(by)
        if deadlines.is_over(self.deadline_on, today):
            raise Conflict("listing.extension_too_late", "督办期限已过，不能再申请延期")
        if self.deadline_on and to_on <= self.deadline_on:
            raise Invalid("listing.no_extension", "延期日期应晚于现督办期限", to_on="不晚于现督办期限")
        self._go(Move.REQUEST_EXTENSION)
        self.extension_to_on, self.extension_reason, self.extension_by = to_on, reason, by.id

    def decide_extension(self, by: Caller, is_approved: bool, opinion: str | None) -> None:
        self.require_decider(by, self.extension_by)
        if not is_approved:
            self._require_words(opinion, "不同意延期须写明原因")
        self._go(Move.APPROVE_EXTENSION if is_approved else Move.REJECT_EXTENSION)
        if is_approved:
            self.deadline_on = self.extension_to_on
        self.opinion, self.extension_to_on, self.extension_reason, self.extension_by = opinion, None, None, None

    def apply_lifting(self, by: Caller, statement: str, attachments: list[str], is_in_acceptance: bool) -> None:
        """Ask to be taken off, once the hazard itself waits for acceptance."""
        self.require_liftable(by, is_in_acceptance)
        self._go(Move.APPLY_LIFT)
        self.statement, self.attachments, self.applied_by = statement, attachments, by.id

    def lift(
        self, by: Caller, opinion: str, accepted_on: date | None, attachments: list[str], now: datetime, today: date
    ) -> HazardFact:
        """End the supervision; the acceptance on site has been passed."""
        self.require_decider(by, self.applied_by)
        if accepted_on is None or accepted_on > today:
            raise Invalid("listing.not_accepted", "请先现场验收合格，并填写不晚于今天的验收日期", accepted_on="必填，不晚于今天")
        self._go(Move.LIFT)
        self.opinion, self.accepted_on, self.lifted_at = opinion, accepted_on, now
        self.attachments = [*self.attachments, *attachments]
        return SupervisionLifted(opinion)

    def return_lifting(self, by: Caller, opinion: str) -> None:
        self.require_decider(by, self.applied_by)
        self._go(Move.RETURN)
        self.opinion = opinion

    def require_enterprise(self, by: Caller) -> None:
        if by.enterprise_id != self.enterprise_id and by.kind != Kind.SYSTEM:
            raise Forbidden("hazard.not_yours", "只能办理本企业的隐患")

    def require_authority(self, by: Caller) -> None:
        """Refuse whoever does not sit where the listing authority does."""
        if by.kind != Kind.REGULATOR or by.region is None or region.prefix(by.region) != region.prefix(self.authority_region):
            raise Forbidden("listing.not_the_authority", "须由相应层级的督办机关办理")

    def require_liftable(self, by: Caller, is_in_acceptance: bool) -> None:
        """Refuse to be asked for lifting by another, or while the hazard itself does not wait for acceptance."""
        self.require_enterprise(by)
        if not is_in_acceptance:
            raise Conflict("listing.not_in_acceptance", "隐患治理效果评估通过、进入验收后才能申请摘牌")

    def require_running(self) -> None:
        if self.status not in RUNNING:
            raise Conflict("listing.not_listed", f"该督办{LABELS[State(self.status)]}，不能记录督办情况")

    def require_decider(self, by: Caller, asked_by: str | None) -> None:
        self.require_authority(by)
        if by.id == asked_by:
            raise Forbidden("hazard.own_submission", "不能审批、复查、评估或验收本人提交的事项")

    @staticmethod
    def _require_words(opinion: str | None, sentence: str) -> None:
        if not opinion:
            raise Invalid("hazard.no_reason", sentence, opinion="必填")

    def to(self, move: Move) -> State:
        """Where a move leads from here; refused where the table has none."""
        to = MOVES.get((State(self.status), move))
        if to is None:
            raise Conflict(
                "listing.illegal_move", f"该督办{LABELS[State(self.status)]}，不能进行此操作", status=self.status, move=move
            )
        return to

    def _go(self, move: Move) -> None:
        self.status = self.to(move)
