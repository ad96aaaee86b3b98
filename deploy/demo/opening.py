"""How the enterprises come onto the platform: application, review, people, papers; and those that stop and resume."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from deploy.demo.accounts import new_password
from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise, Enterprises
from deploy.demo.government import Government
from deploy.demo.licences import Licences
from deploy.demo.people import People
from deploy.demo.stage import Stage

STOP_AFTER = 6  # Days after the first, at the earliest.
LATE_BY = 28  # Days after the others.
REASONS = {
    "rejected": "统一社会信用代码证照与申报地址不一致，且未说明窑炉检验情况，请补正后重新申报",
    "resubmitted": "从业人员数与社保参保人数差距较大，请核实后重新申报",
    "corrected": "安全联系人电话无法接通，请更正",
}


class Opening:
    """Puts on the agenda what the story of each enterprise tells."""

    def __init__(
        self,
        stage: Stage,
        agenda: Agenda,
        people: People,
        government: Government,
        enterprises: Enterprises,
        licences: Licences,
        begin: Callable[[Enterprise, date], None],
    ) -> None:
        self._stage, self._agenda, self._people, self._government = stage, agenda, people, government
        self._enterprises, self._licences, self._begin = enterprises, licences, begin

    def plan(self, first: date, today: date) -> None:
        """The ordinary ones apply on the first day and are in the register on the next; the others as their stories tell."""
        for number, enterprise in enumerate(self._enterprises.all):
            story, hour = enterprise.story, 9 + number / 30
            begins = first + timedelta(days=LATE_BY if story == "late" else 0)
            if story in ("pending", "draft"):
                begins = today - timedelta(days=2)
            if story in ("rejected", "resubmitted"):
                begins = today - timedelta(days=9)
            self._agenda.add_at(begins, hour, partial(self._enterprises.apply, enterprise, new_password()))
            if story in REASONS:
                self._object(enterprise, begins, hour)
            elif story not in ("pending", "draft"):
                self._admit(enterprise, begins, hour)
            if story in ("suspended", "resumed"):
                self._stop(enterprise, max(first + timedelta(days=STOP_AFTER), today - timedelta(days=24)), today)

    def _admit(self, enterprise: Enterprise, day: date, hour: float) -> None:
        self._agenda.add_at(day, hour + 5, lambda: self._enterprises.review(enterprise))
        self._agenda.add_at(day + timedelta(days=1), hour, lambda: self._enterprises.settle(enterprise))
        self._agenda.add_at(day + timedelta(days=1), hour + 5, lambda: self._licences.enter(enterprise))
        self._begin(enterprise, day + timedelta(days=2))

    def _object(self, enterprise: Enterprise, day: date, hour: float) -> None:
        """The authority rejects; all but one mend and hand in again."""
        reason = REASONS[enterprise.story]
        self._agenda.add_at(day, hour + 5, lambda: self._enterprises.review(enterprise, reason))
        mended = {"employees": int(enterprise.row["employees"]) + 4, "safety_contact_phone": self._people.mobile()}
        if enterprise.story != "rejected":
            again = day + timedelta(days=1 if enterprise.story == "corrected" else 6)
            self._agenda.add_at(again, hour, lambda: self._enterprises.correct(enterprise, **mended))
            if enterprise.story == "corrected":
                self._admit(enterprise, again, hour)

    def _stop(self, enterprise: Enterprise, day: date, today: date) -> None:
        """It asks to stop, is allowed to, and one of them resumes after acceptance on site."""
        self._agenda.add_at(day, 9.3, lambda: self._ask(enterprise, "stop"))
        if enterprise.story == "resumed":
            self._agenda.add_at(
                max(day, today - timedelta(days=8)) + timedelta(days=1), 9.3, lambda: self._ask(enterprise, "resume")
            )

    def _ask(self, enterprise: Enterprise, kind: str) -> None:
        stage, day = self._stage, self._stage.today
        caller = self._people.caller(enterprise.people[0])
        args = {"kind": kind, "from_on": day + timedelta(days=1)}
        if kind == "stop":
            args |= {
                "stop_kind": "maintenance", "reason": "主通风机和提升系统年度检修，检修期间停止一切采掘作业",
                "expected_to_on": day + timedelta(days=40), "duty_arrangement": "矿领导带班，调度室24小时值守，排水和通风不停",
                "are_dangers_sealed": True,
            }  # fmt: skip
        else:
            report = self._enterprises.album.scan(caller, "复工自查报告", enterprise.name, "检修项目全部完成，隐患已整改")
            args |= {"reason": "检修完成，申请复工", "self_check_report": [report]}
        request = stage.call(caller, "request_suspension", enterprise_id=enterprise.id, **args)
        stage.call(caller, "submit_suspension", suspension_id=request["id"])
        self._agenda.add_at(day, 15.4, lambda: self._allow(enterprise, request["id"], kind))

    def _allow(self, enterprise: Enterprise, suspension_id: str, kind: str) -> None:
        reviewer = self._people.caller(self._government.reviewer(enterprise.region, enterprise.industry))
        more = {}
        if kind == "resume":
            record = self._enterprises.album.scan(reviewer, "现场验收记录", enterprise.name, "经现场验收，符合复工条件")
            more = {"acceptance_record": [record], "accepted_on": self._stage.today}
        self._stage.call(reviewer, "review_suspension", suspension_id=suspension_id, decision="approve", **more)
        enterprise.stopped_from = self._stage.today + timedelta(days=1) if kind == "stop" else None
