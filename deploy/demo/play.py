"""The whole play: who takes part, and the days from the first to the last moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from deploy.demo.accounts import Accounts
from deploy.demo.agenda import Agenda
from deploy.demo.checks import Checks
from deploy.demo.enterprises import Enterprise, Enterprises
from deploy.demo.figures import counted
from deploy.demo.government import Government
from deploy.demo.hazards import Hazards
from deploy.demo.inspections import Inspections
from deploy.demo.licences import Licences
from deploy.demo.lists import Lists
from deploy.demo.major_steps import Steps
from deploy.demo.notices import Notices
from deploy.demo.opening import Opening
from deploy.demo.people import People
from deploy.demo.pictures import Album
from deploy.demo.risks import Risks
from deploy.demo.stage import Stage, at
from deploy.demo.visits import Visits
from gateway.files.store import FileStore
from gateway.identity.hashing import quickly
from services.kernel import clock, ids

PREPARING = 4  # Days between the first accounts and the first checks.
Plan = Callable[[date], None]


class Play:
    """``until`` is the last moment, ``days`` how long there are checks before it, ``keys`` the enterprises that take part."""

    def __init__(
        self, stage: Stage, files: FileStore, until: datetime, days: int = 60, keys: tuple[str, ...] | None = None
    ) -> None:
        self.stage, self._until = stage, until
        self.today = clock.day_of(until)
        self.first = self.today - timedelta(days=days + PREPARING)
        self.agenda = Agenda(stage)
        self.people = People(stage)
        self.government = Government(stage, self.people)
        self.album = Album(stage, files)
        self.enterprises = Enterprises(stage, self.people, self.government, self.album, keys)
        self.accounts = Accounts(stage, self.people)

    def perform(self) -> None:
        """Live through all days; afterwards the audit trails are closed and the accounts can be used."""
        try:
            with ids.seeded(self.stage.seed):
                with counted(self.stage, self._until):
                    with quickly():
                        self._live()
                    self.accounts.settle()  # What people will sign in with is hashed at full cost.
                    self.stage.pump()
                self.stage.seal()
        finally:
            self.stage.end()

    def _live(self) -> None:
        self.stage.turn(at(self.first, 7))
        self.government.open()
        parts = (self.stage, self.agenda, self.people)
        licences = Licences(*parts, self.government, self.album, self.today)
        opening = Opening(*parts, self.government, self.enterprises, licences, self._begin())
        opening.plan(self.first, self.today)
        plans = self._plans()
        for number in range((self.today - self.first).days + 1):
            self.agenda.live(self.first + timedelta(days=number), self._until, plans)
            self.accounts.prepare()
        self.stage.turn(self._until)
        self.stage.pump()

    def _begin(self) -> Callable[[Enterprise, date], None]:
        """What an enterprise does in its first days: find its risks, then list them."""
        risks, lists = Risks(self.stage, self.people), Lists(self.stage, self.agenda, self.people)

        def begin(enterprise: Enterprise, day: date) -> None:
            if self.stage.has("risk"):
                minute = self.stage.chance.uniform(8.2, 11.5)
                self.agenda.add_at(day, minute, lambda: risks.identify(enterprise))
                self.agenda.add_at(day + timedelta(days=1), minute, lambda: lists.begin(enterprise))

        return begin

    def _plans(self) -> list[Plan]:
        """Whoever has something to do each day; a service that is not there has nobody."""
        parts = (self.stage, self.agenda, self.people)
        running = self.enterprises.registered
        steps = Steps(self.stage, self.people, self.government, self.album)
        plans: dict[str, Plan] = {
            "gateway": Visits(*parts, running).plan,
            "risk": Checks(*parts, self.album, running).plan,
            "enforcement": Inspections(*parts, self.government, running, self.first + timedelta(days=PREPARING), self.today).plan,
            "notice": Notices(*parts, self.government, running, self.today).plan,
            "hazard": Hazards(self.stage, self.agenda, running, steps, self.today).plan,
        }
        return [plan for service, plan in plans.items() if self.stage.has(service)]
