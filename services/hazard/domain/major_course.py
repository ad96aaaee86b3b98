"""The course of a major hazard (重大隐患): report, plan, governance, assessment, acceptance, and who may move it."""

from datetime import date, datetime
from decimal import Decimal

from services.hazard.domain import deadlines
from services.hazard.domain.events import (
    ExtensionDecided,
    ExtensionRequested,
    HazardCancelled,
    HazardChanged,
    HazardClosed,
    HazardDowngraded,
    HazardFact,
    HazardReported,
    PlanApproved,
)
from services.hazard.domain.major import LABELS, MOVES, Move, State
from services.hazard.domain.plan import Plan
from services.hazard.domain.record import Record
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Conflict, Forbidden, Invalid

DONE = 100


class MajorCourse(Record):
    """The moves of SM-MHZ, open to hazards of class major alone."""

    def report(
        self, by: Caller, criterion_code: str, interim_measures: str, current_state: str, danger: str, now: datetime
    ) -> HazardFact:
        """The formal report (order 16, Art. 14); lateness is recorded and never refuses."""
        self.require_enterprise(by)
        self._advance(Move.REPORT)
        self.criterion_code, self.interim_measures = criterion_code, interim_measures
        self.current_state, self.danger = current_state, danger
        self.reported_at = now
        self.is_report_late = self.report_due_at is not None and now > self.report_due_at
        return HazardReported()

    def start_plan(self, by: Caller) -> HazardFact:
        self.require_enterprise(by)
        self._advance(Move.START_PLAN)
        return HazardChanged()

    def submit_plan(self, by: Caller, plan: Plan, today: date) -> HazardFact:
        """Hand in the plan with five in place; within the deadline of an authority's order."""
        self.require_enterprise(by)
        plan.require_complete(today, self.approved_deadline_on)
        self._advance(Move.SUBMIT_PLAN)
        self.plan, self.plan_by = plan, by.id
        return HazardChanged()

    @property
    def is_plan_for_regulator(self) -> bool:
        """Whether a regulator approves the plan: he found the hazard, or it is listed."""
        return self.authority_region is not None or self.listed

    def approve_plan(self, by: Caller, opinion: str | None, today: date) -> HazardFact:
        self.require_approver(by)
        self._advance(Move.APPROVE_PLAN)
        if self.first_deadline_on is None and self.plan is not None and self.plan.finish_on is not None:
            self.set_first_term(self.plan.finish_on, today)
        self.progress, self.progress_due_on = 0, today + deadlines.PROGRESS_TERM
        return PlanApproved(opinion)

    def return_plan(self, by: Caller, opinion: str | None) -> HazardFact:
        self.require_approver(by)
        self._require_words(opinion, "退回方案须写明原因")
        self._advance(Move.RETURN_PLAN)
        return HazardChanged(opinion)

    def report_progress(self, by: Caller, percent: int, today: date) -> HazardFact:
        self.require_enterprise(by)
        self._advance(Move.PROGRESS)
        self.progress, self.progress_due_on = percent, today + deadlines.PROGRESS_TERM
        return HazardChanged()

    def finish(self, by: Caller, measure_taken: str, after_photos: list[str], cost: Decimal | None, now: datetime) -> HazardFact:
        """All items of the plan are done: the effect is assessed next."""
        self.require_enterprise(by)
        if not after_photos:
            raise Invalid("hazard.no_photo", "请至少上传一张治理后照片", after_photos="至少一张")
        if self.is_major and self.status == State.RECTIFYING and self.progress < DONE:
            raise Conflict("hazard.unfinished", f"治理进度为{self.progress}%，请先填报治理进度100%", progress=str(self.progress))
        self._advance(Move.FINISH)
        self.measure_taken, self.finished_at, self.after_photos, self.cost = measure_taken, now, after_photos, cost
        self.rectified_by, self.rectified_by_name = by.id, by.name
        return HazardChanged()

    def assess(
        self, by: Caller, is_passed: bool, report: str, agency: str | None, attachments: list[str], today: date
    ) -> HazardFact:
        """The word of own experts or of an agency (order 16, Art. 18): on to acceptance, or back."""
        self.require_enterprise(by)
        self.require_other(by, self.rectified_by)
        if is_passed and not attachments:
            raise Invalid("hazard.no_report", "评估通过须上传评估报告", attachments="至少一个")
        self._advance(Move.ASSESS_PASS if is_passed else Move.ASSESS_FAIL)
        self.assessment = {
            "is_passed": is_passed, "assessed_by_name": by.name, "agency": agency, "report": report, "attachments": attachments,
        }  # fmt: skip
        self.assessed_by = by.id
        if is_passed:
            self.acceptance_due_on = deadlines.acceptance_due(today)
        else:
            self.reopen()
        return HazardChanged(report)

    def accept(self, by: Caller, opinion: str, now: datetime, today: date) -> HazardFact:
        """Strike it off after a review on site; a listing is lifted first."""
        self.require_acceptor(by)
        self.refuse_listed()
        self._advance(Move.ACCEPT)
        self.rechecked_by_name, self.recheck_opinion, self.closed_at = by.name, opinion, now
        self.is_acceptance_late = deadlines.is_over(self.acceptance_due_on, today)
        return HazardClosed(opinion)

    def refuse_acceptance(self, by: Caller, opinion: str, deadline_on: date | None, today: date) -> HazardFact:
        """Back to governance, with a new day if the regulator orders one; it is no approved extension."""
        self.require_acceptor(by)
        deadlines.refuse_past(deadline_on, today)
        self._advance(Move.REFUSE)
        self.reopen()
        self.rechecked_by_name, self.recheck_opinion = by.name, opinion
        self.attempts, self.deadline_on = self.attempts + 1, deadline_on or self.deadline_on
        return HazardChanged(opinion)

    def downgrade(self, by: Caller, reason: str) -> HazardFact:
        """No criterion is met after all: this one ends, and a general hazard is made of it."""
        self.require_judge(by)
        self._advance(Move.DOWNGRADE)
        self.class_reason = reason
        return HazardDowngraded(reason)

    def cancel_major(self, by: Caller, reason: str) -> HazardFact:
        self.require_judge(by)
        self._advance(Move.CANCEL)
        return HazardCancelled(reason)

    def ask_major_extension(self) -> HazardFact:
        self._advance(Move.REQUEST_EXTENSION)
        return ExtensionRequested()

    def settle_major_extension(self, is_approved: bool) -> HazardFact:
        self._advance(Move.APPROVE_EXTENSION if is_approved else Move.REJECT_EXTENSION)
        return ExtensionDecided(is_approved=is_approved)

    @property
    def is_in_acceptance(self) -> bool:
        return self.is_major and self.status == State.ACCEPTANCE

    def require_open_major(self) -> None:
        """Refuse what is no major hazard any more, or not yet."""
        if not self.is_major or self.has_ended:
            raise Conflict("hazard.not_open_major", "只有未销号的重大隐患可以挂牌督办", status=self.status)

    def require_approver(self, by: Caller) -> None:
        self.require_other(by, self.plan_by)
        if self.is_plan_for_regulator:
            if by.kind != Kind.REGULATOR:
                raise Forbidden("hazard.regulator_approves", "监管部门发现或挂牌督办的重大隐患，治理方案由监管部门审批")
        elif not self.is_enterprise(by):
            raise Forbidden("hazard.principal_approves", "企业自查发现的重大隐患，治理方案由企业主要负责人审批")

    def require_acceptor(self, by: Caller) -> None:
        self.require_regulator(by)
        self.require_other(by, self.rectified_by, self.assessed_by)

    def require_judge(self, by: Caller) -> None:
        self.require_regulator(by)
        self.refuse_listed()

    @staticmethod
    def _require_words(opinion: str | None, sentence: str) -> None:
        if not opinion:
            raise Invalid("hazard.no_reason", sentence, opinion="必填")

    def _advance(self, move: Move) -> None:
        self.status = self.to_major(move)

    def to_major(self, move: Move) -> State:
        """The state to which a move leads from here; Conflict where it leads nowhere."""
        if not self.is_major:
            raise Conflict("hazard.is_general", "该隐患不是重大隐患，不能进行此操作")
        to = MOVES.get((State(self.status), move))
        if to is None:
            raise Conflict(
                "hazard.illegal_move", f"该隐患{LABELS[State(self.status)]}，不能进行此操作", status=self.status, move=move
            )
        return to
