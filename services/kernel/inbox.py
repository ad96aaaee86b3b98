"""The inbox: events are stored first, once each, and acted on after, in order for each aggregate.

A reaction, its effects, its own announcements and the mark ``done`` are one transaction.  A batch of some lanes is
tried in one; if anything in it fails, its events are tried alone, and what fails waits longer and longer (holding
back only its own aggregate) until it is parked, where an operator sees it and can have it run again.  When something is
due is told by the database's clock, which all processes share.
"""

from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

import orjson
import sqlalchemy as sa

from services.kernel import clock, telemetry
from services.kernel.caller import system
from services.kernel.event import Event
from services.kernel.service import Service, is_weather
from services.kernel.tables import inbox
from services.kernel.work import Database, Work

LANES = 16
TAKEN_LANES, BATCH = 8, 25  # Lanes taken up together, which leaves some for others, and events of each.
ATTEMPTS = 10
REACTOR = system("reactor")
_GIVEN = ", ".join((*Event.__dataclass_fields__, "lane", "attempts"))
_STORE = sa.text(
    f"INSERT INTO inbox ({_GIVEN}, received_at, next_at) SELECT {_GIVEN}, moment, moment FROM json_populate_recordset(NULL::inbox,"
    " CAST(:rows AS json)), coalesce(CAST(:now AS timestamptz), clock_timestamp()) moment ON CONFLICT DO NOTHING RETURNING id"
)
_DONE = sa.update(inbox).where(inbox.c.id.in_(sa.bindparam("done", expanding=True))).values(done_at=sa.func.clock_timestamp())
_TAKE_UP = sa.text("SELECT * FROM app.take_up(coalesce(CAST(:now AS timestamptz), clock_timestamp()), :lanes, :batch)")
_TAKE = sa.text("SELECT * FROM app.take(:lane, coalesce(CAST(:now AS timestamptz), clock_timestamp()), :batch)")
_LOCK = sa.text("SELECT lane FROM lane WHERE lane = :lane FOR UPDATE")


def store(database: Database, events: list[Event]) -> int:
    """Keep each event, a known one once; how many were new."""
    rows = orjson.dumps([vars(event) | {"lane": _lane(event), "attempts": 0} for event in events]).decode()
    with database.work(REACTOR, "store") as work:
        new = len(work.session.execute(_STORE, {"rows": rows, "now": _simulated()}).all())
    telemetry.EVENTS.labels(database.service, "stored").inc(new)
    return new


def react(database: Database, service: Service) -> int:
    """Act on the first events of some lanes; how many were taken up.  Safe to run in many processes at once."""
    batch: list[Event] = []
    try:
        with database.work(REACTOR, "react") as work:
            batch = _taken(work, _TAKE_UP, {"now": _simulated(), "lanes": TAKEN_LANES, "batch": BATCH})
            _perform(work, service, batch)
    except Exception as error:
        if is_weather(error) and not batch:
            raise
        for event in batch:
            _perform_alone(database, service, event)
    telemetry.EVENTS.labels(database.service, "taken").inc(len(batch))
    return len(batch)


def _lane(event: Event) -> int:
    return crc32(event.subject.encode()) % LANES


def _simulated() -> datetime | None:
    """The simulated moment in the place of the database's clock."""
    return clock.now() if clock.is_simulated() else None


def _taken(work: Work, statement: sa.TextClause, values: dict[str, Any]) -> list[Event]:
    return [Event.from_mapping(dict(row)) for row in work.session.execute(statement, values).mappings()]


def _perform(work: Work, service: Service, events: list[Event]) -> None:
    for event in events:
        if event.type in service.reactions:
            _act(work, service, event)
    if events:
        work.session.execute(_DONE, {"done": [event.id for event in events]})


def _act(work: Work, service: Service, event: Event) -> None:
    event_type, reaction = service.reactions[event.type]
    body = event_type.load(event.data)
    caller = system(service.name, event.request_id)
    what = event.type.rpartition(".v")[0].replace(".", "_")
    own = Work(work.session, caller, f"{service.name}.on_{what}", event.time)
    telemetry.request_id.set(event.request_id)
    reaction(own, event, body["state"], body["fact"])
    work.session.flush()
    own.finish()
    work.session.expunge_all()


def _perform_alone(database: Database, service: Service, event: Event) -> None:
    try:
        with database.work(REACTOR, "react") as work:
            lane = _lane(event)
            work.session.execute(_LOCK, {"lane": lane})
            if event.id in {e.id for e in _taken(work, _TAKE, {"lane": lane, "now": _simulated(), "batch": BATCH})}:
                _perform(work, service, [event])
    except Exception as error:
        if is_weather(error):
            raise
        telemetry.log.warning(
            "reaction_failed", event_type=event.type, event_id=event.id, error=type(error).__name__, exc_info=True
        )
        _record_failure(database, event, f"{type(error).__name__}: {error}"[:2000])


def _record_failure(database: Database, event: Event, error: str) -> None:
    """The pause doubles from one second on; after the tenth try the event is parked."""
    with database.work(REACTOR, "react") as work:
        mine = inbox.c.id == event.id
        tried: int = work.session.execute(sa.select(inbox.c.attempts).where(mine).with_for_update()).scalar_one() + 1
        now = sa.literal(simulated) if (simulated := _simulated()) else sa.func.clock_timestamp()
        values: dict[str, Any] = {"attempts": tried, "error": error, "next_at": now + timedelta(seconds=2 ** (tried - 1))}
        if tried >= ATTEMPTS:
            values["parked_at"] = now
        work.session.execute(sa.update(inbox).where(mine, inbox.c.done_at.is_(None)).values(values))
    telemetry.EVENTS.labels(database.service, "parked" if tried >= ATTEMPTS else "failed").inc()
