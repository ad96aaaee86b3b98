"""The relay: publishes what was announced, oldest first, and marks it sent once the broker has confirmed.

Numbers are given here, in one transaction under the lease, so that a source's ``sequence`` has no gaps; the
publishing itself may then be repeated safely, since receivers know events by their id.
"""

from collections.abc import Callable

import sqlalchemy as sa

from services.kernel import telemetry
from services.kernel.caller import system
from services.kernel.event import Event
from services.kernel.lease import Lease
from services.kernel.tables import outbox
from services.kernel.work import Database, Work

BATCH = 200
RELAY = system("relay")
Publish = Callable[[list[Event]], None]
_NUMBER = sa.text(
    "WITH batch AS (SELECT id, row_number() OVER (ORDER BY position) AS place FROM outbox"
    " WHERE sequence IS NULL AND sent_at IS NULL ORDER BY position LIMIT :batch),"
    " source AS (UPDATE deployment SET sequence = sequence + (SELECT count(*) FROM batch)"
    " WHERE source = :source AND EXISTS (SELECT FROM batch) RETURNING epoch, sequence)"
    " UPDATE outbox SET epoch = source.epoch, sequence = source.sequence - (SELECT count(*) FROM batch) + batch.place"
    " FROM batch, source WHERE outbox.id = batch.id"
)
_SOURCE = sa.text("INSERT INTO deployment (source, epoch, sequence) VALUES (:source, 1, 0) ON CONFLICT DO NOTHING")
_WAITING = sa.text("SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1")


class Relay:
    """Publishes one service's announcements while it holds the lease."""

    def __init__(self, database: Database, publish: Publish, holder: str | None = None) -> None:
        self._database = database
        self._publish = publish
        self._lease = Lease(database, "relay", holder)

    def step(self) -> int:
        """Publish one batch; the number of events sent."""
        if not self._lease.take():
            return 0
        with self._database.work(RELAY, "relay", read_only=True) as work:
            if work.session.execute(_WAITING).first() is None:
                return 0
        with self._database.work(RELAY, "relay") as work:
            batch = self._number(work) if self._lease.holds(work.session) else []
        if batch:
            self._publish(batch)
            self._mark_sent([event.id for event in batch])
        return len(batch)

    def _number(self, work: Work) -> list[Event]:
        source = self._database.source
        work.session.execute(_SOURCE, {"source": source})
        work.session.execute(_NUMBER, {"batch": BATCH, "source": source})
        waiting = outbox.c.sequence.is_not(None) & outbox.c.sent_at.is_(None)
        query = sa.select(outbox).where(waiting).order_by(outbox.c.epoch, outbox.c.sequence).limit(BATCH)
        return [Event.from_mapping({**row, "source": source}) for row in work.session.execute(query).mappings()]

    def _mark_sent(self, ids: list[str]) -> None:
        with self._database.work(RELAY, "relay") as work:
            if self._lease.holds(work.session):
                work.session.execute(sa.update(outbox).where(outbox.c.id.in_(ids)).values(sent_at=sa.func.clock_timestamp()))
        telemetry.EVENTS.labels(self._database.service, "published").inc(len(ids))
