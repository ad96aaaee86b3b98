"""Who comes in each day: the people of enterprises, more or less often, and officials on working days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from deploy.demo.agenda import Agenda
from deploy.demo.enterprises import Enterprise
from deploy.demo.people import People, Person
from deploy.demo.stage import ADDRESS, Stage
from gateway.signing_in import enter
from services.kernel import ids

OFTEN = {"good": 0.45, "fair": 0.28, "poor": 0.1}


class Visits:
    """An entry a day, at most, for each enterprise."""

    def __init__(self, stage: Stage, agenda: Agenda, people: People, enterprises: Iterable[Enterprise]) -> None:
        self._stage, self._agenda, self._people, self._enterprises = stage, agenda, people, enterprises

    def plan(self, day: date) -> None:
        for enterprise in self._enterprises:
            if len(enterprise.people) > 1 and self._stage.chance.random() < OFTEN[enterprise.row["care"]]:
                who = self._stage.chance.choice(enterprise.people)
                self._agenda.add_at(day, self._stage.chance.uniform(7.2, 9.8), partial(self._enter, who))

    def _enter(self, person: Person) -> None:
        self._people.caller(person)
        assert person.standing is not None
        known = replace(person.standing.caller, address=ADDRESS, request_id=ids.new_id())
        enter(self._stage.database("gateway"), person.standing, known)
