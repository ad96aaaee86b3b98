"""``python -m services.runtime.worker <service>``: relay, reactor, sealer, checkpoints and jobs of one service.

A process of its own without Nameko, so that a broker that hangs touches no caller.  Each loop is a thread that works
without a pause while there is much, lets what comes gather for a moment otherwise, and looks ever more seldom when idle.
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
from sqlalchemy.dialects.postgresql import insert

from services.kernel import clock, telemetry
from services.kernel.audit import Sealer
from services.kernel.caller import system
from services.kernel.inbox import react
from services.kernel.lease import Lease
from services.kernel.outbox import Relay
from services.kernel.service import Service, named
from services.kernel.tables import idempotency, inbox, job_run, outbox
from services.kernel.work import Database
from services.runtime import health
from services.runtime.bus import Publisher
from services.runtime.checkpoints import Checkpointer
from services.runtime.settings import audit_key, settings

IDLE = (0.1, 0.4)  # Seconds between looks: at first, and at most.
MUCH = 50  # What is done in a step after which there is no pause.
FORGET_AFTER = timedelta(days=30)  # Idempotency keys: longer than any device stays offline.
JOBS = system("jobs")


class Jobs:
    """Runs the service's jobs when they are due, in one process at a time."""

    def __init__(self, database: Database, service: Service) -> None:
        self._database = database
        self._service = service
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

    def _run_again(self, name: str, job: Callable[..., Any]) -> None:
        if time.monotonic() - self._last.get(name, -1e9) >= job.every_seconds:  # type: ignore[attr-defined]
            job(self._database, clock.day_of(clock.now()))
            self._last[name] = time.monotonic()

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


def loop(step: Callable[[], int], stop: threading.Event, name: str) -> None:
    """Step until told to stop; a failure is logged and tried again after a growing pause."""
    pause, failures = IDLE[0], 0
    while not stop.is_set():
        try:
            done, failures = step(), 0
        except Exception as error:
            failures += 1
            telemetry.log.warning("loop_failed", loop=name, error=f"{type(error).__name__}: {error}"[:300], failures=failures)
            stop.wait(min(0.2 * 2**failures, 10))
            continue
        pause = IDLE[0] if done else min(pause * 1.3, IDLE[1])
        if done < MUCH:
            stop.wait(pause)


def main(name: str) -> None:
    os.nice(5)  # Where processors are short, whoever waits for an answer comes first, and batches grow.
    config = settings()
    telemetry.configure(config.log_level)
    service, database = named(name), config.database(name)
    stop = threading.Event()
    steps: dict[str, Callable[[], int]] = {
        "relay": Relay(database, Publisher(config.amqp_url, name)).step,
        "reactor": lambda: react(database, service),
        "sealer": Sealer(database).step,
        "checkpoints": Checkpointer(database, audit_key()).step,
        "jobs": Jobs(database, service).step,
        "upkeep": Upkeep(database, name).step,
    }
    threads = [threading.Thread(target=loop, args=(step, stop, label), name=label) for label, step in steps.items()]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    for thread in threads:
        thread.start()
    health.serve(config.health_port, {t.name: t.is_alive for t in threads}, config.health_host)
    telemetry.log.info("ready", worker=name)
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
