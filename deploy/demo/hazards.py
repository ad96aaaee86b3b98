"""Hazards: found at checks, reported by people, ordered by inspections; each takes a course of steps up to today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise
from deploy.demo.material import fitting, table
from deploy.demo.people import Person
from deploy.demo.stage import Stage, at
from services.kernel import clock
from services.kernel.caller import system

REPORTS = {"good": 0.03, "fair": 0.03, "poor": 0.02}  # Of people, a day and enterprise, beside the checks.
READER = system("demo")
DESK = (8.4, 17.4)


@dataclass(eq=False)
class Case:
    """One hazard on its way: whose it is, what it is about, and who has done what to it."""

    enterprise: Enterprise
    words: dict[str, Any]
    id: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    listing_id: str = ""
    actors: dict[str, Person] = field(default_factory=dict)

    def take(self, answer: dict[str, Any]) -> None:
        """What the platform told of it last."""
        self.id, self.state = answer["id"], answer

    @property
    def deadline_on(self) -> date:
        told = self.state.get("deadline_on")
        return date.fromisoformat(told) if told else clock.day_of(clock.now()) + timedelta(days=5)


class Hazards:
    """Starts the course of every hazard that appears; ``steps`` are the moves that people make."""

    def __init__(self, stage: Stage, agenda: Agenda, enterprises: Iterable[Enterprise], steps: Any, today: date) -> None:
        self._stage, self._agenda, self._enterprises, self._steps = stage, agenda, enterprises, steps
        self._known: set[str] = set()
        self._today = today

    def plan(self, day: date) -> None:
        """Take up what has appeared since yesterday, and have people report more."""
        owners = {e.id: e for e in self._enterprises}
        for hazard in self._stage.every(READER, "list_hazards", is_open=True, found_from=day - timedelta(days=3)):
            if hazard["id"] not in self._known:
                self._appear(owners[hazard["enterprise_id"]], hazard)
        for enterprise in owners.values():
            if self._may_report(enterprise) and self._stage.chance.random() < REPORTS[enterprise.row["care"]]:
                moment = at(day, self._stage.chance.uniform(*DESK))
                self._agenda.add(moment, partial(self._report, enterprise))
        for entry in table("courses")["standing"]:
            found_on = self._today - timedelta(days=entry["ago"])
            if found_on == day:
                self._stand(entry, owners)

    def _may_report(self, enterprise: Enterprise) -> bool:
        return "list:workshop" in enterprise.papers

    def _appear(self, enterprise: Enterprise, hazard: dict[str, Any]) -> None:
        """A hazard that the platform has made of a failed check item or of an inspection's finding."""
        self._known.add(hazard["id"])
        case = Case(enterprise, {"measure": "按要求整改到位并举一反三排查同类问题", "days": self._stage.chance.randint(2, 9)})
        case.take(hazard)
        if hazard["inspection_id"]:
            steps = table("courses")["inspected"]["major" if hazard["hazard_class"] == "major" else "general"]
        else:
            steps = self._course()
        self._agenda.follow(self._walk(case, steps))

    def _report(self, enterprise: Enterprise) -> None:
        case = Case(enterprise, self._words(enterprise))
        self._steps.register(case)
        self._known.add(case.id)
        self._agenda.follow(self._walk(case, self._course()))

    def _stand(self, entry: dict[str, Any], owners: dict[str, Enterprise]) -> None:
        """One that is to be found in a certain state on the last day."""
        enterprise = next((e for e in owners.values() if e.row["key"] == entry["enterprise"]), None)
        if enterprise is None or not self._may_report(enterprise):
            return
        case = Case(enterprise, self._words(enterprise))
        hour = 6.6 if entry["ago"] == 0 else self._stage.chance.uniform(*DESK)

        def begin() -> None:
            getattr(self._steps, entry["first"])(case)
            self._known.add(case.id)
            self._agenda.follow(self._walk(case, entry["steps"], pace=(1, 1)))

        self._agenda.add_at(self._stage.today, hour, begin)

    def _walk(self, case: Case, steps: list[str], pace: tuple[int, int] = (0, 2)) -> Iterator[datetime]:
        """Step after step, with time between."""
        for step in steps:
            yield self._moment(case, step, pace)
            getattr(self._steps, step)(case)

    def _moment(self, case: Case, step: str, pace: tuple[int, int]) -> datetime:
        """When the next step is taken: rectifying takes a part of its term, or more than it when late."""
        chance, today = self._stage.chance, self._stage.today
        day = today + timedelta(days=chance.randint(*pace))
        if step in ("rectify", "rectify_assigned") and pace[1] > 1:
            day = today + timedelta(days=chance.randint(0, max(0, (case.deadline_on - today).days)))
        if step == "rectify_late":
            day = max(today, case.deadline_on) + timedelta(days=chance.randint(1, 6))
        moment = at(day, chance.uniform(*DESK))
        return moment if moment > self._stage.now else self._stage.now + timedelta(minutes=chance.randint(9, 50))

    def _course(self) -> list[str]:
        courses = table("courses")["course"]
        chosen: dict[str, Any] = self._stage.chance.choices(courses, [c["weight"] for c in courses])[0]
        return list(chosen["steps"])

    def _words(self, enterprise: Enterprise) -> dict[str, Any]:
        fits = fitting(table("findings")["hazard"], enterprise.industry)
        return dict(self._stage.chance.choice(fits))
