"""The course of a general hazard (一般隐患): from its report to its closing, and who may move it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.hazard.domain import deadlines
from services.hazard.domain.events import (
    ExtensionDecided,
    ExtensionRequested,
    HazardCancelled,
    HazardChanged,
    HazardClosed,
    HazardConfirmed,
    HazardFact,
    HazardRegistered,
    HazardResubmitted,
    HazardReturned,
    HazardUpgraded,
    RecheckFailed,
    RectificationSubmitted,
)
from services.hazard.domain.general import LABELS, MOVES, Move, State
from services.hazard.domain.record import HazardClass, Record
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Conflict, Forbidden, Invalid

ASSIGNED = {"responsible_id", "responsible_name", "responsible_unit_id", "measure", "budget", "interim_measures"}


class GeneralCourse(Record):
    """The moves of SM-HZ; a hazard of class major has left this course."""

    def classify(self, wanted: str | None, is_suspected: bool, may_declare_major: bool) -> None:
        """Settle the class of what is written down; who may not judge, and what is under way, can only be suspected major."""
        hazard_class = wanted or HazardClass.GENERAL_LIMITED
        if hazard_class == HazardClass.MAJOR and not (may_declare_major and self.is_draft):
            hazard_class, is_suspected = HazardClass.GENERAL_LIMITED, True
        if hazard_class == HazardClass.GENERAL_ON_SITE and not self.is_draft:
            raise Invalid("hazard.not_on_site", "已登记的隐患不能改为现场消除，请改为限期整改", hazard_class="不能选择")
        self.hazard_class, self.suspected_major = hazard_class, is_suspected

    def revise(self, by: Caller) -> list[HazardFact]:
        """Open what is written down to changes; of a draft nobody is told."""
        self.require_finder(by)
        if self.status not in (State.DRAFT, State.RETURNED):
            raise Conflict("hazard.not_revisable", "只有草稿和退回的隐患可以修改登记内容", status=self.status)
        return [] if self.is_draft else [HazardChanged()]

    def register(self, now: datetime, today: date, is_mobile: bool = False) -> list[HazardFact]:
        """Hand it in; one that was removed on site is closed at once."""
        deadlines.refuse_future(self.found_at, now, "found_at", "发现时间")
        if is_mobile and not self.photos:
            raise Invalid("hazard.no_photo", "移动端登记须至少上传一张隐患照片", photos="至少一张")
        self._require_general()
        if self.hazard_class == HazardClass.GENERAL_ON_SITE:
            return self._register_on_site(now)
        deadlines.refuse_past(self.deadline_on, today)
        self._go(Move.REGISTER)
        self.registered_at = now
        if self.hazard_class == HazardClass.MAJOR:
            self.become_major(now)
        # Until it is confirmed a default term holds, so that nobody evades the deadline by not confirming.
        self.deadline_on = self.deadline_on or today + (deadlines.MAJOR_TERM if self.is_major else deadlines.DEFAULT_TERM)
        return [HazardRegistered()]

    def _register_on_site(self, now: datetime) -> list[HazardFact]:
        if self.suspected_major:
            raise Conflict("hazard.suspected_major", "疑似重大隐患不能现场消除归档，请登记为限期整改，由安全管理人员认定级别")
        if not self.measure_taken and not (self.photos and self.after_photos):
            raise Invalid("hazard.no_proof", "现场消除须填写消除措施，或上传整改前后照片", measure_taken="必填")
        deadlines.refuse_future(self.finished_at, now, "removed_at", "消除时间")
        self._go(Move.REGISTER_ON_SITE)
        self.finished_at = self.finished_at or now
        self.registered_at = self.closed_at = now
        self.deadline_on = None
        return [HazardRegistered(), HazardClosed()]

    def assign(self, by: Caller, assigned: Mapping[str, Any]) -> None:
        """Say who rectifies, and by which measure; what is left open stays as it was."""
        self.require_enterprise(by)
        for name in ASSIGNED & assigned.keys():
            setattr(self, name, assigned[name] if assigned[name] is not None else getattr(self, name))

    def require_rectifying(self) -> None:
        if self.status not in (State.RECTIFYING, State.EXTENSION_PENDING):
            raise Conflict("hazard.not_rectifying", "只有整改中的隐患可以指派整改责任人", status=self.status)

    def confirm(
        self, by: Caller, deadline_on: date | None, class_reason: str | None, opinion: str | None, now: datetime, today: date
    ) -> HazardFact:
        """Take it up for rectification; a suspected major one stays general only for a written reason."""
        self.require_enterprise(by)
        self._require_general()
        reason = class_reason or self.class_reason
        if self.suspected_major and not reason:
            sentence = "该隐患疑似重大隐患，请先认定为重大隐患，或写明认定为一般隐患的理由"
            raise Invalid("hazard.class_undecided", sentence, class_reason="必填")
        if not (self.responsible_name and self.measure):
            raise Invalid("hazard.not_assigned", "请填写整改责任人和整改措施", responsible_name="必填", measure="必填")
        term = deadlines.first_deadline(deadline_on, today)
        self._go(Move.CONFIRM)
        self.class_reason, self.confirmed_at = reason, now
        self.set_first_term(term, today)
        return HazardConfirmed(opinion)

    def send_back(self, by: Caller, reason: str) -> HazardFact:
        self.require_enterprise(by)
        self._go(Move.RETURN)
        self.return_reason = reason
        return HazardReturned(reason)

    def resubmit(self, by: Caller, now: datetime, today: date) -> HazardFact:
        self.require_finder(by)
        deadlines.refuse_future(self.found_at, now, "found_at", "发现时间")
        self._go(Move.RESUBMIT)
        self.deadline_on = self.deadline_on or today + deadlines.DEFAULT_TERM
        return HazardResubmitted()

    def upgrade(self, by: Caller, criterion_code: str, reason: str | None, now: datetime) -> HazardFact:
        """Judge it major: it goes on by the course of major hazards, its time of discovery kept."""
        self.require_enterprise(by)
        self._go(Move.UPGRADE)
        self.criterion_code, self.class_reason = criterion_code, reason or self.class_reason
        self.become_major(now)
        if self.authority_region is None:  # The plan sets the term; an authority's order stands.
            self.approved_deadline_on = self.first_deadline_on = self.term_from_on = None
        return HazardUpgraded(reason)

    def become_major(self, now: datetime) -> None:
        """Of class major from this moment; the formal report is owed."""
        self.hazard_class, self.major_since = HazardClass.MAJOR, now
        self.report_due_at = now + deadlines.REPORT_TERM

    def submit_rectification(
        self,
        by: Caller,
        measure_taken: str,
        finished_at: datetime,
        after_photos: list[str],
        cost: Decimal | None,
        now: datetime,
        stands_in: bool = False,
    ) -> HazardFact:
        """Take the enterprise's word that it is put right; a recheck follows.

        Of an assigned one that is the word of the person responsible, or of somebody who stands in for everybody.
        """
        self.require_rectifier(by, stands_in)
        if not after_photos:
            raise Invalid("hazard.no_photo", "请至少上传一张整改后照片", after_photos="至少一张")
        deadlines.refuse_future(finished_at, now, "finished_at", "整改完成时间")
        # People give times to the minute: the minute of the finding itself is not before it.
        if finished_at < self.found_at.replace(second=0, microsecond=0):
            raise Invalid("hazard.finished_early", "整改完成时间不能早于发现时间", finished_at="早于发现时间")
        self._go(Move.SUBMIT_RECTIFICATION)
        self.measure_taken, self.finished_at, self.after_photos, self.cost = measure_taken, finished_at, after_photos, cost
        self.rectified_by, self.rectified_by_name = by.id, by.name
        return RectificationSubmitted(measure_taken)

    def require_rectifier(self, by: Caller, stands_in: bool) -> None:
        self.require_enterprise(by)
        if self.responsible_id and by.id != self.responsible_id and not stands_in:
            raise Forbidden("hazard.not_responsible", "该隐患已指派他人整改，请由整改责任人提交")

    def require_rechecker(self, by: Caller) -> None:
        """Who found it rechecks it: the enterprise its own, an authority what it found, an inspection by its own recheck."""
        self.require_other(by, self.rectified_by)
        if self.inspection_id is not None and by.kind != Kind.SYSTEM:
            raise Conflict("hazard.inspection_rechecks", "执法检查发现的隐患由检查机关在执法检查中复查")
        self.require_finder(by)

    def pass_recheck(self, by: Caller, opinion: str, now: datetime) -> HazardFact:
        self.require_rechecker(by)
        self._go(Move.RECHECK_PASS)
        self.rechecked_by_name, self.recheck_opinion, self.closed_at = by.name, opinion, now
        return HazardClosed(opinion)

    def fail_recheck(self, by: Caller, opinion: str, deadline_on: date | None, today: date) -> HazardFact:
        """Back to rectification until a new day, by which it is overdue but never on time (R13, R32)."""
        self.require_rechecker(by)
        if deadline_on is None:
            raise Invalid("hazard.no_deadline", "复查不合格须重新确定整改期限", deadline_on="必填")
        if by.kind != Kind.SYSTEM:
            deadlines.refuse_past(deadline_on, today)
        self._go(Move.RECHECK_FAIL)
        self.reopen()
        self.rechecked_by_name, self.recheck_opinion = by.name, opinion
        self.attempts, self.deadline_on = self.attempts + 1, deadline_on
        return RecheckFailed(opinion)

    def cancel_general(self, by: Caller, reason: str) -> list[HazardFact]:
        """Void it, kept in the history; of a draft nobody has heard."""
        self.require_finder(by)
        was_draft = self.is_draft
        self._go(Move.CANCEL)
        return [] if was_draft else [HazardCancelled(reason)]

    def ask_general_extension(self) -> HazardFact:
        self._go(Move.REQUEST_EXTENSION)
        return ExtensionRequested()

    def settle_general_extension(self, is_approved: bool) -> HazardFact:
        self._go(Move.APPROVE_EXTENSION if is_approved else Move.REJECT_EXTENSION)
        return ExtensionDecided(is_approved=is_approved)

    def _require_general(self) -> None:
        if self.is_major:
            raise Conflict("hazard.is_major", "该隐患为重大隐患，请按重大隐患治理程序办理")

    def _go(self, move: Move) -> None:
        self.status = self.to_general(move)

    def to_general(self, move: Move) -> State:
        """The state to which a move leads from here; Conflict where it leads nowhere."""
        self._require_general()
        to = MOVES.get((State(self.status), move))
        if to is None:
            raise Conflict(
                "hazard.illegal_move", f"该隐患{LABELS[State(self.status)]}，不能进行此操作", status=self.status, move=move
            )
        return to
