"""Checks: every task meets a person who does it in time, late, or not at all, and who finds something now and then."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise
from deploy.demo.material import table
from deploy.demo.people import People
from deploy.demo.pictures import Album
from deploy.demo.stage import Stage, at
from services.kernel import clock
from services.kernel.caller import system

# Of a hundred tasks: done in time, done after the window; the rest is missed.  And of a hundred checks, those that find something.
CARE = {"good": (97, 2), "fair": (91, 5), "poor": (74, 9)}
FINDS = {"good": 2.0, "fair": 3.2, "poor": 5.5}
ON_SITE = 0.4  # Of what is found, put right at once.
OFFLINE = 0.08  # Underground there is no network: the device hands it in after the shift.
SHIFT = (7.6, 17.8)
READER = system("demo")


class Checks:
    """Looks every morning for the tasks that are new, and puts what becomes of each on the agenda."""

    def __init__(self, stage: Stage, agenda: Agenda, people: People, album: Album, enterprises: Iterable[Enterprise]) -> None:
        self._stage, self._agenda, self._people, self._album = stage, agenda, people, album
        self._enterprises = enterprises
        self._known: set[str] = set()
        self._items: dict[str, list[dict[str, Any]]] = {}

    def plan(self, day: date) -> None:
        owners = {e.id: e for e in self._enterprises}
        for task in self._stage.every(READER, "list_check_tasks", status="pending", on=day):
            if task["id"] not in self._known:
                self._known.add(task["id"])
                self._meet(owners[task["enterprise_id"]], task, day)

    def _meet(self, enterprise: Enterprise, task: dict[str, Any], day: date) -> None:
        """Decide what will become of this task."""
        chance, ends = self._stage.chance, datetime.fromisoformat(task["window_end"])
        in_time, late = CARE[enterprise.row["care"]]
        luck = chance.uniform(0, 100)
        last = clock.day_of(ends - timedelta(seconds=1)) if (ends - at(day, 0)).days > 1 else day
        on = day + timedelta(days=chance.randint(0, max(0, min((last - day).days, 20))))
        moment = at(on, chance.uniform(*SHIFT))
        if luck < in_time:
            self._agenda.add(min(moment, ends - timedelta(minutes=10)), partial(self._check, enterprise, task))
        elif luck < in_time + late:
            self._agenda.add(ends + timedelta(hours=chance.uniform(6.5, 15)), partial(self._check, enterprise, task))

    def _check(self, enterprise: Enterprise, task: dict[str, Any]) -> None:
        """Answer every item, unless the task is gone."""
        chance, checker = self._stage.chance, self._people.caller(enterprise.person("checker"))
        if self._is_gone(enterprise, task):
            return
        answers: list[dict[str, Any]] = [{"item_no": n, "answer": "passed"} for n, _ in enumerate(self._sheet(task), 1)]
        if chance.uniform(0, 100) < FINDS[enterprise.row["care"]]:
            found = chance.randrange(len(answers))
            answers[found] |= self._finding(enterprise, task, self._sheet(task)[found]["item"])
        more = {}
        if chance.random() < OFFLINE:
            more = {
                "completed_at": self._stage.now - timedelta(minutes=chance.randint(2, 9)), "device_time": self._stage.now,
                "device_id": f"PDA-{enterprise.row['key'].upper()}-01",
            }  # fmt: skip
        self._stage.call(checker, "submit_check", task_id=task["id"], answers=answers, **more)

    def _is_gone(self, enterprise: Enterprise, task: dict[str, Any]) -> bool:
        """Whether the stop of the enterprise or the end of the list has taken the task away since the morning."""
        if task["list_id"] in enterprise.withdrawn:
            return True
        return enterprise.stopped_from is not None and self._stage.today >= enterprise.stopped_from

    def _sheet(self, task: dict[str, Any]) -> list[dict[str, Any]]:
        """The items of the task's line, which all its tasks share; in the order by which they are numbered."""
        if task["line_id"] not in self._items:
            lines = self._stage.call(READER, "get_risk_list", risk_list_id=task["list_id"])["lines"]
            self._items |= {line["line_id"]: line["items"] for line in lines}
        return self._items[task["line_id"]]

    def _finding(self, enterprise: Enterprise, task: dict[str, Any], item: str) -> dict[str, Any]:
        chance, words = self._stage.chance, table("findings")
        described = f"{task['place']}{chance.choice(words['place_of'])}：“{item}”不符合要求，{chance.choice(words['how'])}"
        found: dict[str, Any] = {"answer": chance.choice(["failed", "failed", "partly"]), "description": described}
        if chance.random() < ON_SITE and task["level"] not in ("red", "orange"):
            found |= {"removed_on_site": True, "measure": chance.choice(words["done_on_site"])}
        if chance.random() < 0.5:
            caller = self._people.caller(enterprise.person("checker"))
            found["photos"] = [self._album.photo(caller, task["point_name"])]
        return found
