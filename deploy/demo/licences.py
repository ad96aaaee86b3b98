"""Licences: held, renewed, confirmed, refused, suspended, revoked, and some forgotten."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise, day_text
from deploy.demo.government import Government
from deploy.demo.material import table
from deploy.demo.people import People, Person
from deploy.demo.pictures import Album
from deploy.demo.stage import Stage
from services.kernel.caller import Caller

FAR = (150, 900)  # Days that an ordinary licence still has today.
ACT_DAYS_AGO = 16  # When the holder or the authority did what the story tells.


class Licences:
    """``enter`` at the beginning; what becomes of a licence later is put on the agenda at once."""

    def __init__(self, stage: Stage, agenda: Agenda, people: People, government: Government, album: Album, today: date) -> None:
        self._stage, self._agenda, self._people, self._government, self._album = stage, agenda, people, government, album
        self._today = today

    def enter(self, enterprise: Enterprise) -> None:
        """The administrator records what hangs on the wall."""
        caller = self._people.caller(enterprise.people[0])
        scan = self._album.scan(caller, "证照扫描件", enterprise.name, f"录入日期 {day_text(self._stage.today)}")
        for entry in table("licences")["licence"]:
            if enterprise.industry.startswith(tuple(entry["industries"])):
                story = self._story(enterprise, entry["type"])
                paper = self._paper(entry, self._last_day(entry, story), scan)
                made = self._stage.call(
                    caller, "register_licence", enterprise_id=enterprise.id, licence_type=entry["type"], **paper
                )
                enterprise.papers[entry["type"]] = made["id"]
                if "then" in story:
                    act_on = max(self._today - timedelta(days=ACT_DAYS_AGO), self._stage.today + timedelta(days=1))
                    self._agenda.add_at(act_on, 10.2, partial(self._turn, enterprise, entry, paper, story))

    def _story(self, enterprise: Enterprise, licence_type: str) -> dict[str, Any]:
        wanted = (enterprise.row["key"], licence_type)
        return next((dict(s) for s in table("licences")["story"] if (s["enterprise"], s["type"]) == wanted), {})

    def _last_day(self, entry: dict[str, Any], story: dict[str, Any]) -> date | None:
        if not entry["months"]:
            return None
        return self._today + timedelta(
            days=story.get("days", self._stage.chance.randint(FAR[0], min(FAR[1], entry["months"] * 28)))
        )

    def _paper(self, entry: dict[str, Any], valid_to: date | None, scan: str) -> dict[str, Any]:
        begins = self._today - timedelta(days=self._stage.chance.randint(900, 3000))
        if valid_to is not None:
            begins = min(_months_before(valid_to, entry["months"]) + timedelta(days=1), self._stage.today)
        number = f"{entry['prefix']}〔{begins.year}〕{self._stage.chance.randrange(1, 9999):04d}"
        paper = {"number": number, "issuer": entry["issuer"], "issued_on": begins, "valid_from": begins, "valid_to": valid_to}
        return paper | {"permitted_scope": entry.get("scope"), "scans": [scan]}

    def _turn(self, enterprise: Enterprise, entry: dict[str, Any], paper: dict[str, Any], story: dict[str, Any]) -> None:
        """What the story tells of this licence."""
        act = story["then"]
        licence = {"licence_id": enterprise.papers[entry["type"]]}
        reviewer = self._reviewer(enterprise)
        official = self._people.caller(reviewer)
        if act in ("suspend", "revoke"):
            document = self._album.scan(official, "行政决定书", enterprise.name, story["reason"])
            self._stage.call(official, f"{act}_licence", **licence, reason=story["reason"], decision_document=[document])
            return
        holder = self._people.caller(enterprise.people[0])
        self._stage.call(holder, "renew_licence", **licence, **self._renewed(holder, enterprise, entry, paper))
        if act in ("confirm", "refuse"):
            decision = {"decision": "approve"} if act == "confirm" else {"decision": "reject", "opinion": story["reason"]}
            later = self._stage.today + timedelta(days=3)
            self._agenda.add_at(later, 15.1, lambda: self._stage.call(official, "review_renewal", **licence, **decision))

    def _renewed(self, holder: Caller, enterprise: Enterprise, entry: dict[str, Any], paper: dict[str, Any]) -> dict[str, Any]:
        today = self._stage.today
        ends = max(paper["valid_to"], today) + timedelta(days=entry["months"] * 30)
        scan = self._album.scan(holder, "换发证照扫描件", enterprise.name, f"换发日期 {day_text(today)}")
        number = paper["number"].replace(f"〔{paper['valid_from'].year}〕", f"〔{today.year}〕")
        return paper | {"number": number, "issued_on": today, "valid_from": today, "valid_to": ends, "scans": [scan]}

    def _reviewer(self, enterprise: Enterprise) -> Person:
        return self._government.reviewer(enterprise.region, enterprise.industry)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
