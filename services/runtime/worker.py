"""``python -m services.runtime.worker <service>``: relay, reactor, sealer, checkpoints and jobs of one service.

A process of its own without Nameko, so that a broker that hangs touches no caller.  Each loop is a thread that works
without a pause while there is much, lets what comes gather for a moment otherwise, and looks ever more seldom when idle.
What one loop has left for another of the process it tells it: the relay does not wait for its next look, nor a job.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.dialects.postgresql import insert

from services.kernel import clock, telemetry
from services.kernel.audit import Sealer
from services.kernel.caller import system
from services.kernel.inbox import react
from services.kernel.lease import Lease
from services.kernel.outbox import Publish, Relay
from services.kernel.service import Service, named
from services.kernel.tables import idempotency, inbox, job_run, outbox
from services.kernel.work import Database
from services.runtime import health
from services.runtime.bus import Publisher
from services.runtime.checkpoints import Checkpointer
from services.runtime.settings import audit_key, settings
from services.vault.columns import require_keys

IDLE = (0.1, 0.4)  # Seconds between looks: at first, and at most.
MUCH = 50  # What is done in a step after which there is no pause.
FORGET_AFTER = timedelta(days=30)  # Idempotency keys: longer than any device stays offline.
JOBS = system("jobs")


class Jobs:
    """Runs the service's jobs when they are due, in one process at a time."""

    def __init__(self, database: Database, service: Service, then: Callable[[], object] = lambda: None) -> None:
        self._database = database
        self._service = service
        self._then = then  # Called when a job has run, which may have announced something.
        self._lease = Lease(database, "jobs")
        self._last: dict[str, float] = {}

    def step(self) -> int:
        """Run what is due; 0, since there is never more at once."""
        if self._lease.take():
            for name, job in self._service.jobs.items():
                if hasattr(job, "every_seconds"):
                    self._run_again(name, job)
                else:
                    self._run_daily(name, job)
        return 0

    def rest(self) -> float:
        """Seconds until the next of what is done again and again becomes due."""
        now = time.monotonic()
        again = [(name, job.every_seconds) for name, job in self._service.jobs.items() if hasattr(job, "every_seconds")]
        left = [seconds - (now - self._last.get(name, now)) for name, seconds in again]
        return min((each for each in left if each > 0), default=IDLE[1])  # What is overdue has failed, or is another process's.

    def _run_again(self, name: str, job: Callable[..., Any]) -> None:
        if time.monotonic() - self._last.get(name, -1e9) >= job.every_seconds:  # type: ignore[attr-defined]
            job(self._database, clock.day_of(clock.now()))
            self._last[name] = time.monotonic()
            self._then()

    def _run_daily(self, name: str, job: Callable[..., Any]) -> None:
        today = clock.day_of(clock.now())
        last = clock.day_of(clock.now() - timedelta(days=1)) if clock.now() < clock.start_of(today, job.daily_at) else today  # type: ignore[attr-defined]
        if self._last.get(name) == last.toordinal():
            return
        with self._database.work(JOBS, name, read_only=True) as work:
            done = work.session.execute(sa.select(sa.func.max(job_run.c.day)).where(job_run.c.job == name)).scalar()
        day = max(done + timedelta(days=1), last - timedelta(days=30)) if done else last
        while day <= last:
            job(self._database, day)
            with self._database.work(JOBS, name) as work:
                work.session.execute(insert(job_run).values(job=name, day=day, done_at=clock.now()).on_conflict_do_nothing())
            day += timedelta(days=1)
        self._last[name] = last.toordinal()


class Upkeep:
    """Every minute: gauges; every hour: partitions of the months to come and forgotten keys."""

    def __init__(self, database: Database, service: str) -> None:
        self._database = database
        self._service = service
        self._minute = self._hour = -1e9

    def step(self) -> int:
        if time.monotonic() - self._minute >= 60:
            self._measure()
            self._minute = time.monotonic()
        if time.monotonic() - self._hour >= 3600:
            with self._database.work(JOBS, "upkeep") as work:
                work.session.execute(sa.text("SELECT app.ensure_partitions()"))
                work.session.execute(sa.delete(idempotency).where(idempotency.c.at < clock.now() - FORGET_AFTER))
            self._hour = time.monotonic()
        return 0

    def _measure(self) -> None:
        open_events = inbox.c.done_at.is_(None)
        with self._database.work(JOBS, "upkeep", read_only=True) as work:
            oldest = work.session.scalar(sa.select(sa.func.min(outbox.c.time)).where(outbox.c.sent_at.is_(None)))
            waiting = work.session.scalar(sa.select(sa.func.count()).where(open_events, inbox.c.parked_at.is_(None)))
            parked = work.session.scalar(sa.select(sa.func.count()).where(open_events, inbox.c.parked_at.is_not(None)))
        telemetry.OUTBOX_AGE.labels(self._service).set((clock.now() - oldest).total_seconds() if oldest else 0)
        telemetry.INBOX_WAITING.labels(self._service).set(waiting or 0)
        telemetry.INBOX_PARKED.labels(self._service).set(parked or 0)


class Loop(threading.Thread):
    """Steps until it is ended, ``rest`` seconds apart at most; a failure is logged and tried again after a growing pause."""

    def __init__(self, name: str, step: Callable[[], int], rest: Callable[[], float] = lambda: IDLE[1]) -> None:
        super().__init__(name=name)
        self._step, self._rest = step, rest
        self._wake, self._is_over = threading.Event(), False

    def wake(self) -> None:
        """Have it look now: there is something."""
        self._wake.set()

    def end(self) -> None:
        self._is_over = True
        self._wake.set()

    def run(self) -> None:
        pause, failures = IDLE[0], 0
        while not self._is_over:
            self._wake.clear()  # Whatever is told from here on, the next look sees.
            try:
                done, failures = self._step(), 0
            except Exception as error:
                failures += 1
                told = f"{type(error).__name__}: {error}"[:300]
                telemetry.log.warning("loop_failed", loop=self.name, error=told, failures=failures)
                self._fail(min(0.2 * 2**failures, 10))
                continue
            pause = IDLE[0] if done else min(pause * 1.3, IDLE[1])
            if done < MUCH:
                self._wake.wait(min(pause, self._rest()))

    def _fail(self, seconds: float) -> None:
        """Be told of nothing but the end."""
        end = time.monotonic() + seconds
        while not self._is_over and (left := end - time.monotonic()) > 0:
            self._wake.wait(min(left, IDLE[1]))


def loops(database: Database, service: Service, publish: Publish, key: Ed25519PrivateKey) -> list[Loop]:
    """What a worker does all day; its relay looks at once for what its own reactions and jobs announce."""
    relay = Loop("relay", Relay(database, publish).step)
    jobs = Jobs(database, service, relay.wake)

    def act() -> int:
        if done := react(database, service):
            relay.wake()
        return done

    return [
        relay,
        Loop("reactor", act),
        Loop("sealer", Sealer(database).step),
        Loop("checkpoints", Checkpointer(database, key).step),
        Loop("jobs", jobs.step, jobs.rest),
        Loop("upkeep", Upkeep(database, service.name).step),
    ]


def main(name: str) -> None:
    os.nice(5)  # Where processors are short, whoever waits for an answer comes first, and batches grow.
    config = settings()
    telemetry.configure(config.log_level)
    require_keys(name)
    service, database = named(name), config.database(name)
    running = loops(database, service, Publisher(config.amqp_url, name), audit_key())

    def end(*_: object) -> None:
        for each in running:
            each.end()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    for each in running:
        each.start()
    health.serve(config.health_port, {each.name: each.is_alive for each in running}, config.health_host)
    telemetry.log.info("ready", worker=name)
    for each in running:
        each.join()


if __name__ == "__main__":
    main(sys.argv[1])
