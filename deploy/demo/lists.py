"""Risk lists: composed, handed in, audited, filed; some are composed anew later, and some are taken back."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise
from deploy.demo.material import table
from deploy.demo.people import People
from deploy.demo.stage import Stage

WITHOUT_PAUSE = ("MK", "WH", "LY")  # They work on Sundays too.
AUDIT = timedelta(hours=4)  # From handing in to the director's audit in the afternoon.


class Lists:
    """What an enterprise lays down for its checks."""

    def __init__(self, stage: Stage, agenda: Agenda, people: People) -> None:
        self._stage, self._agenda, self._people = stage, agenda, people

    def begin(self, enterprise: Enterprise) -> None:
        """Compose the lists of the first days, and put on the agenda what becomes of them later."""
        periods = table("lists")["periods"]
        goals = {"workshop": "filed", "enterprise": table("lists")["unfinished"].get(enterprise.row["key"], "filed")}
        tiers = [tier for tier in periods if tier == "workshop" or enterprise.row["size"] != "small"]
        for tier in tiers:
            self._compose(enterprise, tier, periods[tier], goals[tier])
        for entry in self._of("revised", enterprise):
            again = partial(self._compose, enterprise, "workshop", periods["workshop"] | entry["periods"], "filed")
            self._agenda.add(self._stage.now + timedelta(days=entry["after"]), again)
        for entry in self._of("withdrawn", enterprise):
            taken_back = partial(self._withdraw, enterprise, entry["reason"])
            self._agenda.add(self._stage.now + timedelta(days=entry["after"]), taken_back)

    def _of(self, what: str, enterprise: Enterprise) -> list[dict[str, Any]]:
        return [entry for entry in table("lists")[what] if entry["enterprise"] == enterprise.row["key"]]

    def _compose(self, enterprise: Enterprise, tier: str, periods: Mapping[str, str], goal: str) -> None:
        """Write a list of all points in use and hand it in; the director audits it, the manager files it after."""
        author = self._people.caller(enterprise.person("list_author"))
        points = self._stage.every(author, "list_risk_points", enterprise_id=enterprise.id, status="active")
        lines = [self._line(enterprise, point, periods[point["level"]]) for point in points]
        unit_id = enterprise.units[tier][0]["id"]
        made = self._stage.call(author, "compose_risk_list", unit_id=unit_id, list_class=tier, lines=lines)
        if goal == "draft":
            return
        self._stage.call(author, "submit_risk_list", risk_list_id=made["id"])
        enterprise.papers[f"list:{tier}"] = made["id"]
        if goal != "pending_audit":
            self._agenda.add(self._stage.now + AUDIT, partial(self._audit, enterprise, made["id"], goal))

    def _audit(self, enterprise: Enterprise, list_id: str, goal: str) -> None:
        director = self._people.caller(enterprise.person("safety_director"))
        opinion = "请补充检修作业风险点后重新提交" if goal == "rejected" else "清单完整，同意报备"
        passed = goal != "rejected"
        self._stage.call(director, "audit_risk_list", risk_list_id=list_id, is_passed=passed, opinion=opinion)
        if goal == "filed":
            manager = self._people.caller(enterprise.person("safety_manager"))
            self._stage.call(manager, "file_risk_list", risk_list_id=list_id)

    def _withdraw(self, enterprise: Enterprise, reason: str) -> None:
        """Take back the enterprise's own list; who was to check by it has nothing left to do."""
        list_id = enterprise.papers.pop("list:enterprise")
        manager = self._people.caller(enterprise.person("safety_manager"))
        self._stage.call(manager, "withdraw_risk_list", risk_list_id=list_id, reason=reason)
        enterprise.withdrawn.add(list_id)

    def _line(self, enterprise: Enterprise, point: dict[str, Any], period: str) -> dict[str, Any]:
        if period == "workday" and enterprise.industry.startswith(WITHOUT_PAUSE):
            period = "day"
        checker = enterprise.person("checker")
        who = {"checker_id": checker.account_id, "checker_name": checker.name}
        return {"point_id": point["id"], "period": period, "times": 1, **who}
