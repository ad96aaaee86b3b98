"""Notices and their receipts: written by bureaus, read, registered and answered by enterprises, or not."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise
from deploy.demo.government import Government
from deploy.demo.material import table
from deploy.demo.people import People
from deploy.demo.stage import Stage, at
from services.kernel import clock
from services.kernel.caller import Caller

READ = {"good": 0.98, "fair": 0.85, "poor": 0.45}
ANSWERED = {"good": 0.95, "fair": 0.75, "poor": 0.3}
LOOKED_AFTER = 12  # Days after publication in which receipts are still read.


class Notices:
    """Bureaus write on the day that stands in the data; enterprises look every day."""

    def __init__(
        self, stage: Stage, agenda: Agenda, people: People, government: Government, enterprises: Iterable[Enterprise], today: date
    ) -> None:
        self._stage, self._agenda, self._people, self._government = stage, agenda, people, government
        self._enterprises, self._today = enterprises, today
        self._published: dict[str, tuple[date, Caller]] = {}
        self._known: set[str] = set()

    def plan(self, day: date) -> None:
        for entry in table("notices")["notice"]:
            if self._today - timedelta(days=entry["ago"]) == day:
                hour = 6.5 if entry["ago"] == 0 else self._stage.chance.uniform(8.5, 10.5)
                self._agenda.add_at(day, hour, partial(self._write, entry))
        self._agenda.add_at(day, 13, partial(self._receive, day))

    def _write(self, entry: dict[str, Any]) -> None:
        """Draft it and send it on its way."""
        author = self._people.caller(self._government.member(entry["by"], *self._authors(entry)))
        day = self._stage.today
        due = at(day + timedelta(days=entry["feedback_days"]), 18)
        args: dict[str, Any] = {name: entry[name] for name in ("title", "kind", "body", "needs_handling")}
        args["is_public"] = entry.get("is_public", False)
        args["receivers"] = {"regions": entry["regions"], "industries": entry.get("industries", [])}
        args["expires_on"] = day + timedelta(days=entry["feedback_days"] + (1 if entry["way"] == "expire" else 60))
        notice = self._stage.call(author, "draft_notice", feedback_due_at=due, **args)
        way = entry["way"]
        if way == "draft":
            return
        if way == "direct":
            self._publish(notice["id"], author, "publish_notice")
            return
        self._stage.call(author, "submit_notice", notice_id=notice["id"])
        if way != "submit":
            approver = self._people.caller(self._government.member(entry["by"], "notice_approver"))
            self._publish(notice["id"], author, "review_notice", approver)
        if way == "withdraw":
            later = self._stage.now + timedelta(days=2)
            self._agenda.add(later, partial(self._withdraw, notice["id"], author))

    def _authors(self, entry: dict[str, Any]) -> tuple[str, ...]:
        """Only leaders publish without approval."""
        return ("regulator_leader",) if entry["way"] == "direct" else ("publisher",)

    def _publish(self, notice_id: str, author: Caller, operation: str, by: Caller | None = None) -> None:
        decision = {"decision": "approve", "opinion": "同意发布"} if operation == "review_notice" else {}
        self._stage.call(by or author, operation, notice_id=notice_id, **decision)
        self._published[notice_id] = (self._stage.today, author)

    def _withdraw(self, notice_id: str, author: Caller) -> None:
        self._published.pop(notice_id)
        self._stage.call(author, "withdraw_notice", notice_id=notice_id, reason="演练时间调整，另行通知")

    def _receive(self, day: date) -> None:
        """Whoever has a new notice reads it in the next days, and some answer."""
        owners = {e.id: e for e in self._enterprises}
        for notice_id, (since, author) in list(self._published.items()):
            if day > since + timedelta(days=LOOKED_AFTER):
                continue
            for receipt in self._stage.every(author, "list_receipts", notice_id=notice_id, status="unread"):
                enterprise = owners.get(receipt["enterprise_id"])
                if receipt["id"] in self._known or enterprise is None:
                    continue
                self._known.add(receipt["id"])
                if self._stage.chance.random() < READ[enterprise.row["care"]]:
                    moment = self._stage.now + timedelta(hours=self._stage.chance.uniform(0.2, 70))
                    self._agenda.add(moment, partial(self._read, enterprise, receipt))

    def _read(self, enterprise: Enterprise, receipt: dict[str, Any]) -> None:
        if receipt["notice_id"] not in self._published:
            return  # It was withdrawn meanwhile.
        manager = self._people.caller(enterprise.person("safety_manager"))
        self._stage.call(manager, "read_notice", receipt_id=receipt["id"])
        if receipt["needs_handling"]:
            self._stage.call(
                manager, "register_receipt", receipt_id=receipt["id"], handler=manager.name, handling_opinion="安排安全管理部门落实"
            )
        if self._stage.chance.random() < ANSWERED[enterprise.row["care"]]:
            moment = self._stage.now + timedelta(hours=self._stage.chance.uniform(1, 260))
            self._agenda.add(moment, partial(self._answer, enterprise, receipt, manager))

    def _answer(self, enterprise: Enterprise, receipt: dict[str, Any], manager: Caller) -> None:
        if receipt["notice_id"] not in self._published or not self._is_open(receipt):
            return
        words = self._stage.chance.choice(table("notices")["replies"]["words"])
        self._stage.call(manager, "reply_receipt", receipt_id=receipt["id"], reply=words)
        if self._stage.chance.random() < 0.4:
            _, author = self._published[receipt["notice_id"]]
            self._stage.call(author, "close_receipt", receipt_id=receipt["id"], closing_opinion="已阅，同意办结")

    def _is_open(self, receipt: dict[str, Any]) -> bool:
        """An expired notice takes no answers any more."""
        author = self._published[receipt["notice_id"]][1]
        shown = self._stage.call(author, "show_notice", notice_id=receipt["notice_id"])
        ends = date.fromisoformat(shown["expires_on"])
        return clock.day_of(self._stage.now) <= ends
