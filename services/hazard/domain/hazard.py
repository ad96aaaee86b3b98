"""One hazard (隐患): it takes the course of general hazards or, judged major, that of major ones.

What both courses share stands here: extensions, the words of an inspection that found it, the general hazard made of a
major one, and overdue.
"""

from dataclasses import replace
from datetime import date, datetime

from services.hazard.domain import deadlines, general, major
from services.hazard.domain.events import HazardChanged, HazardFact, HazardOverdue, HazardRegistered
from services.hazard.domain.general_course import GeneralCourse
from services.hazard.domain.major_course import MajorCourse
from services.hazard.domain.record import HazardClass
from services.kernel.caller import Caller
from services.kernel.errors import Conflict, Invalid


class Hazard(GeneralCourse, MajorCourse):
    """One hazard at one enterprise, from its report to its closing."""

    def next_moves(self) -> list[str]:
        """The moves that its state allows, whoever makes them."""
        if self.is_major:
            return sorted(move for state, move in major.MOVES if state == self.status)
        return sorted(move for state, move in general.MOVES if state == self.status)

    def register_by_inspection(self, deadline_on: date, now: datetime, today: date) -> HazardFact:
        """A finding of a recorded inspection: in rectification at once, or reported when it is major (R16, R33)."""
        self.registered_at = self.confirmed_at = now
        self.status = general.State.RECTIFYING
        if self.hazard_class == HazardClass.MAJOR:
            self.status, self.major_since, self.reported_at = major.State.REPORTED, now, now
        self.set_first_term(deadline_on, today)
        return HazardRegistered()

    def register_from_check(self, is_suspected: bool, removed_by: str | None, now: datetime, today: date) -> list[HazardFact]:
        """A failed check item: closed at once when the checker says how he removed it, unless it may be a major one."""
        self.found_at = min(self.found_at, now)
        is_removed = removed_by is not None and not is_suspected
        self.classify(HazardClass.GENERAL_ON_SITE if is_removed else HazardClass.GENERAL_LIMITED, is_suspected, False)
        if is_removed:
            self.measure_taken, self.finished_at = removed_by, self.found_at
        else:
            self.interim_measures = removed_by
        return self.register(now, today)

    def request_extension(
        self, by: Caller, to_on: date, reason: str, interim_measures: str, plan: str | None, now: datetime, today: date
    ) -> HazardFact:
        """Ask for a later day, until the end of the deadline day (rules 7.5)."""
        self.require_enterprise(by)
        if self.is_major and not plan:
            raise Invalid("hazard.no_plan", "重大隐患申请延期须提交调整后的治理方案", plan="必填")
        if self.status == "rectifying":
            self._refuse_extension(to_on, today)
        fact = self.ask_major_extension() if self.is_major else self.ask_general_extension()
        self.extension_to_on, self.extension_reason, self.extension_measures = to_on, reason, interim_measures
        self.extension_plan, self.extension_by, self.extension_by_name, self.extension_at = plan, by.id, by.name, now
        return replace(fact, opinion=reason)

    def _refuse_extension(self, to_on: date, today: date) -> None:
        if self.deadline_on is None or self.first_deadline_on is None or self.term_from_on is None:
            raise Conflict("hazard.no_term", "该隐患尚未确定整改期限，不能申请延期")
        deadlines.refuse_extension(to_on, today, self.deadline_on, self.first_deadline_on, self.term_from_on, self.extensions)

    def decide_extension(self, by: Caller, is_approved: bool, opinion: str | None) -> HazardFact:
        """Grant or refuse it: the authority for what it found, a regulator for major ones, else the enterprise or a regulator."""
        self.require_other(by, self.extension_by)
        self.require_extension_decider(by)
        if not is_approved and not opinion:
            raise Invalid("hazard.no_reason", "不同意延期须写明原因", opinion="必填")
        settle = self.settle_major_extension if self.is_major else self.settle_general_extension
        fact = settle(is_approved)
        if is_approved:
            self.deadline_on = self.approved_deadline_on = self.extension_to_on
            self.extensions += 1
        self.forget_extension()
        return replace(fact, opinion=opinion)

    def require_extension_decider(self, by: Caller) -> None:
        if self.authority_region is not None:
            self.require_finder(by)
        elif self.is_major or not self.is_enterprise(by):
            self.require_regulator(by)

    def cancel(self, by: Caller, reason: str) -> list[HazardFact]:
        return [self.cancel_major(by, reason)] if self.is_major else self.cancel_general(by, reason)

    def successor(self, hazard_id: str, now: datetime, today: date) -> tuple["Hazard", HazardFact]:
        """The general hazard made of a downgraded major one; discovered when that one was (R13)."""
        kept = ("enterprise_id", "region", "industry", "source", "found_at", "found_by", "found_by_name", "place", "description",
                "unit_id", "found_unit_id", "point_id", "point_name", "authority_region", "part", "category", "photos", "longitude",
                "latitude", "hazard_factor", "possible_accident", "interim_measures", "measure")  # fmt: skip
        made = Hazard(id=hazard_id, origin_id=self.id, **{name: getattr(self, name) for name in kept})
        made.class_reason = self.class_reason
        return made, made.register(now, today)[0]

    def order(self, deadline_on: date, today: date) -> HazardFact | None:
        """An inspection's order confirms or changes the deadline; None when there is nothing to change any more."""
        if self.has_ended or self.deadline_on == deadline_on:
            return None
        self.set_first_term(deadline_on, self.term_from_on or today)
        return HazardChanged()

    def settle_inspection_recheck(
        self, by: Caller, is_passed: bool, opinion: str, deadline_on: date | None, now: datetime, today: date
    ) -> list[HazardFact]:
        """The recheck of an inspection stands whatever the enterprise has entered until then."""
        if self.is_major:
            return self._settle_major(by, is_passed, opinion, deadline_on, now, today)
        if self.status in (general.State.CLOSED, general.State.CANCELLED):
            return []
        if self.status == general.State.EXTENSION_PENDING:
            self.settle_general_extension(False)
            self.forget_extension()
        if self.status == general.State.RECTIFYING:
            self._go(general.Move.SUBMIT_RECTIFICATION)
            self.measure_taken, self.finished_at = self.measure_taken or "执法检查现场复查", now
        if is_passed:
            return [self.pass_recheck(by, opinion, now)]
        return [self.fail_recheck(by, opinion, deadline_on or self.deadline_on, today)]

    def _settle_major(
        self, by: Caller, is_passed: bool, opinion: str, deadline_on: date | None, now: datetime, today: date
    ) -> list[HazardFact]:
        """A major one is struck off by assessment and acceptance alone; a recheck sets its day and stands in its history."""
        if self.has_ended:
            return []
        if not is_passed and deadline_on is not None:
            self.deadline_on = deadline_on
        return [HazardChanged(opinion)]

    def comment(self, by: Caller, comment: str) -> HazardFact:
        """An authority urges what is still open."""
        self.require_regulator(by)
        if self.has_ended or self.is_draft:
            raise Conflict("hazard.ended", "该隐患已办结，不能再督促", status=self.status)
        return HazardChanged(comment)

    def pass_deadline(self, today: date) -> HazardFact:
        """The deadline has passed: to be told once for each deadline."""
        if not self.is_overdue(today):
            raise Conflict("hazard.not_overdue", "该隐患未超期")
        self.announced_deadline_on = self.deadline_on
        return HazardOverdue()
