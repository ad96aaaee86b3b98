"""What an operator sees and does by hand; what the worker does by the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from types import ModuleType
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.inbox import ATTEMPTS, react, store
from services.kernel.outbox import Relay
from services.kernel.service import Service, daily, every
from services.kernel.work import Database
from services.runtime import operate
from services.runtime.worker import Jobs
from tests.service.kernel.conftest import Desk
from tests.service.kernel.meter import COPIES, broken

Rows = Callable[..., list[dict[str, Any]]]


def test_parked_events_are_shown_with_their_reason_and_run_again(desk: Desk, copies: Database) -> None:
    meter_id, _ = desk.installed()
    sent: list[Any] = []
    while Relay(desk.meters, sent.extend, "test").step():
        pass
    store(copies, [event for event in sent if event.subject == meter_id])
    with broken(meter_id):
        for attempt in range(ATTEMPTS):
            with clock.simulate(clock.now() + timedelta(seconds=700 * (attempt + 1))):
                while react(copies, COPIES):
                    pass

    shown = "\n".join(operate.parked(copies))

    assert "meter.read.v1: 1 parked" in shown
    assert meter_id in shown
    assert "RuntimeError: the copy is broken" in shown
    assert operate.COMMANDS["rerun"](copies, "meter.read.v1") == ["1 events run again"]
    while react(copies, COPIES):
        pass
    assert operate.parked(copies) == ["nothing is parked"]


def test_after_a_restore_a_new_epoch_begins_and_the_last_hours_are_announced_again(desk: Desk, rows: Rows) -> None:
    meter_id, _ = desk.installed()
    sent: list[Any] = []
    relay = Relay(desk.meters, sent.extend, "test")
    while relay.step():
        pass
    before = rows(desk.meters, "SELECT epoch FROM deployment")[0]["epoch"]
    first = [event for event in sent if event.subject == meter_id]
    sent.clear()

    operate.restored(desk.meters, 1)
    later_id, _ = desk.installed()
    while relay.step():
        pass

    assert [event for event in sent if event.subject == meter_id] == first
    assert [(e.epoch, e.sequence) for e in sent if e.subject == later_id] == [(before + 1, 1)]


def test_the_audit_command_speaks_of_an_intact_chain(meters: Database) -> None:
    assert operate.audit(meters) == ["the audit chain is intact"]


def test_a_daily_job_runs_once_a_day_from_its_hour_on_and_makes_up_missed_days(copies: Database) -> None:
    ran: list[date] = []

    @daily(time(0, 10))
    def count_days(database: Database, day: date) -> None:
        ran.append(day)

    count_days.__module__ = "jobs_of_one_test"
    service = Service("copies", _empty(), [_module(count_days)])
    for moment in ("2026-03-01T15:00", "2026-03-01T15:59", "2026-03-01T16:09", "2026-03-01T16:11", "2026-03-05T02:00"):
        with clock.simulate(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
            assert Jobs(copies, service).step() == 0

    # 16:00 UTC is midnight in China; the job is due ten minutes later.
    assert ran == [date(2026, 3, day) for day in (1, 2, 3, 4, 5)]


def test_a_job_that_fails_is_run_again(copies: Database) -> None:
    tries: list[date] = []

    @daily(time(0, 10))
    def stumble(database: Database, day: date) -> None:
        tries.append(day)
        if len(tries) == 1:
            raise RuntimeError

    stumble.__module__ = "jobs_of_one_test"
    jobs = Jobs(copies, Service("copies", _empty(), [_module(stumble)]))
    with clock.simulate(datetime(2026, 4, 1, 2, tzinfo=UTC)):
        with pytest.raises(RuntimeError):
            jobs.step()
        jobs.step()
        jobs.step()

    assert tries == [date(2026, 4, 1)] * 2


def test_the_rest_between_jobs_ends_when_the_next_is_due(copies: Database) -> None:
    @every(30)
    def seldom(database: Database, day: date) -> None: ...

    @every(0.5)
    def often(database: Database, day: date) -> None: ...

    for job in (seldom, often):
        job.__module__ = "jobs_of_one_test"
    jobs = Jobs(copies, Service("copies", _empty(), [_module(seldom), _module(often)]))

    jobs.step()

    assert 0 < jobs.rest() <= 0.5


def _empty() -> ModuleType:
    made = ModuleType("contract")
    made.OPERATIONS, made.EVENTS, made.PERMISSIONS = [], [], []  # type: ignore[attr-defined]
    return made


def _module(function: Any) -> ModuleType:
    made = ModuleType("jobs_of_one_test")
    setattr(made, function.__name__, function)
    return made
