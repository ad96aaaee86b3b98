"""The platform's parts in one process, as the demonstration data use them: calls, reactions, jobs, at simulated moments."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from copy import copy
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from services.kernel import clock, ids
from services.kernel.audit import Sealer
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Refusal
from services.kernel.service import Service, named
from services.kernel.work import Database
from services.runtime.inline import InlineBus
from services.runtime.worker import Jobs

ADDRESS = "127.0.0.1"
FIGURES = "stats"  # Counted beside, in a process of its own: nobody of the play waits for figures.
LETTERS = "identity.jobs"
PUBLIC = Caller("public", "未登录访客", Kind.PUBLIC, address=ADDRESS)
# A crash loses a transaction at most, and then everything is made anew: nobody has to wait for the disk.
OPTIONS = "-c synchronous_commit=off"


def database_at(url: str, source: str) -> Database:
    """Repeatable to the last bit: reactors take a lane by the server's chance, which is seeded on every connection."""
    engine = sa.create_engine(url, pool_size=2, max_overflow=2, connect_args={"options": OPTIONS})

    @sa.event.listens_for(engine, "connect")
    def seed(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT setseed(0.5)")

    return Database(engine, source)


class Unexpected(Exception):
    """The platform refused what the play had meant to be right."""


class Stage:
    """``stage.call(caller, "confirm_hazard", …)`` at ``stage.now``; chance comes from the seed alone."""

    def __init__(self, urls: Mapping[str, str], deployment: str, seed: str) -> None:
        self.parts: dict[str, tuple[Service, Database]] = {
            name: (_behind_pages(named(name)), database_at(url, f"{deployment}/{name}")) for name, url in urls.items()
        }
        self.chance = Random(seed)
        self.seed = seed
        self.calls = 0
        own = {name: part for name, part in self.parts.items() if name != FIGURES}
        self._bus = InlineBus(own, {name: part for name, part in self.parts.items() if name == FIGURES})
        self._jobs = {name: Jobs(database, _with_daily_jobs(service)) for name, (service, database) in own.items()}
        self._owner = dict(self._operations())
        self._clock = ExitStack()
        self.now = clock.now()

    def _operations(self) -> Iterable[tuple[str, str]]:
        for name, (service, _) in self.parts.items():
            yield from ((operation, name) for operation in service.operations)

    def database(self, service: str) -> Database:
        return self.parts[service][1]

    def has(self, service: str) -> bool:
        return service in self.parts

    def turn(self, moment: datetime) -> None:
        """Let it be ``moment``; time goes forward only."""
        if moment > self.now or not clock.is_simulated():
            self._clock.close()
            self._clock.enter_context(clock.simulate(moment))
            self.now = moment

    def end(self) -> None:
        """Time is that of the wall again."""
        self._clock.close()

    def close(self) -> None:
        for _, database in self.parts.values():
            database.engine.dispose()

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    def call(self, caller: Caller, operation: str, /, **args: Any) -> Any:
        """The answer of one operation; a refusal stops everything, since the play is written to be allowed."""
        service, database = self.parts[self._owner[operation]]
        self.calls += 1
        try:
            return service.call(database, operation, plain(args), caller.asking(ids.new_id()))
        except Refusal as refusal:
            told = f"{operation} by {caller.name} at {self.now}: {refusal.code} {refusal.message} {refusal.details}"
            raise Unexpected(told) from refusal

    def every(self, caller: Caller, operation: str, /, **args: Any) -> list[dict[str, Any]]:
        """All items of a list, page after page."""
        found: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = self.call(caller, operation, limit=200, cursor=cursor, **args)
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    def pump(self) -> int:
        """Carry what was announced until nothing moves."""
        return self._bus.pump()

    def job_hours(self) -> list[time]:
        """When some service has a daily job."""
        return sorted({job.daily_at for name in self._jobs for job in self._daily(name)})

    def run_daily(self, at: time) -> None:
        """The daily jobs of those services that have one at this hour."""
        for name, jobs in self._jobs.items():
            if any(job.daily_at == at for job in self._daily(name)):
                jobs.step()

    def run_again(self) -> None:
        """The jobs that run again and again."""
        for name in self._jobs:
            service, database = self.parts[name]
            for job in service.jobs.values():
                if hasattr(job, "every_seconds"):
                    job(database, self.today)

    def _daily(self, name: str) -> list[Any]:
        return [job for job in self.parts[name][0].jobs.values() if hasattr(job, "daily_at")]

    def seal(self) -> None:
        """Close the audit trails."""
        for _, database in self.parts.values():
            sealer = Sealer(database, "inline")
            while sealer.step():
                pass


def _behind_pages(service: Service) -> Service:
    """The service without what only moves open pages and sends codes: nobody has one open yet, or has asked for one."""
    of = copy(service)
    of.passing_on = {}
    of.listens_to = [event_type for event_type, _ in of.reactions.values()]
    of.jobs = {name: job for name, job in service.jobs.items() if not job.__module__.endswith(LETTERS)}
    return of


def _with_daily_jobs(service: Service) -> Service:
    """The service with these alone: when the others run is not to depend on how fast the machine is."""
    of = copy(service)
    of.jobs = {name: job for name, job in service.jobs.items() if hasattr(job, "daily_at")}
    return of


def plain(value: Any) -> Any:
    """Arguments as they come over the wire: days and moments as text."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def at(day: date, hour: float) -> datetime:
    """The moment of a day in China at which a clock shows ``hour``."""
    return clock.start_of(day) + timedelta(hours=hour)
