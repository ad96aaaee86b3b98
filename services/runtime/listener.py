"""The listener of a service: what the bus delivers is stored first, batch by batch, and acknowledged after.

Two of Nameko's habits are changed here, each because it loses something: what cannot be decoded is rejected (the queue's
dead-letter exchange parks it) instead of acknowledged, and the listener never returns by raising, since Nameko
acknowledges even then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import repeat
from typing import Any

import eventlet
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from nameko.containers import WorkerContext
from nameko.exceptions import ContainerBeingKilled
from nameko.messaging import Consumer, QueueConsumer
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError
from tenacity import Retrying, stop_after_delay, wait_exponential

from services.kernel import telemetry
from services.kernel.event import Event
from services.kernel.service import Service
from services.kernel.work import Database
from services.runtime.arrival import take_in

UNREACHABLE = (OSError, AMQPError, KombuError)  # What sending raises while the broker is away.
GATHERING = 0.01  # Seconds.


class StrictQueueConsumer(QueueConsumer):
    """Rejects what it cannot read, is back soon after the broker, and ends nobody's work when a connection has ended.

    The broker takes back what it gave out on a connection that has ended.  Nameko thinks of py-amqp's own error only: what
    a socket raises in the middle of an acknowledgement would end the process, and with it all calls at hand.
    """

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Nameko waits two seconds more after each try, up to thirty; so much longer each outage would be for all callers."""
        with self.create_connection() as connection:
            connection.ensure_connection(
                self.on_connection_error, self.connect_max_retries, interval_start=0.5, interval_step=0.5, interval_max=2
            )
            yield connection

    def ack_message(self, message: Any) -> None:
        with suppress(*UNREACHABLE):
            super().ack_message(message)

    def requeue_message(self, message: Any) -> None:
        with suppress(*UNREACHABLE):
            super().requeue_message(message)

    def reject_message(self, message: Any) -> None:
        with suppress(*UNREACHABLE):
            message.reject()

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        telemetry.log.warning("undecodable", error=type(exc).__name__)
        message.reject()


class Listen(Consumer):
    """The one queue of a service: all that has come while the last batch was stored is stored in one transaction.

    Whatever happens in its handler, no message is acknowledged before it is stored.
    """

    queue_consumer = StrictQueueConsumer()

    def __init__(self, queue: Any, **given: Any) -> None:
        super().__init__(queue, **given)
        self._come: list[tuple[Any, Any]] = []
        self._is_storing = False

    def handle_message(self, body: Any, message: Any) -> None:
        self._come.append((body, message))
        if not self._is_storing:
            self._is_storing = True
            self.container.spawn_managed_thread(self._gather)

    def _gather(self) -> None:
        """A relay publishes in batches: let the rest of one come in."""
        eventlet.sleep(GATHERING)
        self._store_what_has_come()

    def _store_what_has_come(self) -> None:
        batch, self._come = self._come, []
        self._is_storing = bool(batch)
        if not batch:
            return
        messages = [message for _, message in batch]
        try:
            self.container.spawn_worker(
                self, ([body for body, _ in batch],), {}, context_data={}, handle_result=partial(self.handle_result, messages)
            )
        except ContainerBeingKilled:
            for message in messages:
                self.queue_consumer.requeue_message(message)

    def handle_result(
        self, messages: list[Any], worker_ctx: WorkerContext, result: Any = None, exc_info: Any = None
    ) -> tuple[Any, Any]:
        for message, outcome in zip(messages, result or repeat(None), strict=False):
            if exc_info is not None:
                self.queue_consumer.requeue_message(message)
            elif outcome == "unreadable":
                self.queue_consumer.reject_message(message)
            else:
                self.queue_consumer.ack_message(message)
        self._store_what_has_come()
        return result, exc_info


def keeping(database: Database, service: Service) -> Callable[..., list[str]]:
    def keep_events(self: Any, bodies: list[Any]) -> list[str]:
        """Take the events in, trying again for ten minutes while storage is away: after that the broker has them back."""
        events = [_event(body) for body in bodies]
        for attempt in Retrying(stop=stop_after_delay(600), wait=wait_exponential(0.1, max=15), reraise=True):
            with attempt:
                _store(database, service, events)
        return ["unreadable" if event is None else "stored" for event in events]

    return keep_events


def _event(body: Any) -> Event | None:
    try:
        return Event.from_mapping(body)
    except (KeyError, TypeError, ValueError):
        return None


def _store(database: Database, service: Service, events: list[Event | None]) -> None:
    """Take all in by one transaction; where one cannot be kept at all, each alone, and None is put in the place of that one."""
    try:
        take_in(database, service, [event for event in events if event is not None])
    except Exception as error:
        if not _is_hopeless(error):
            raise
        for place, event in enumerate(events):
            if event is not None and not _storable(database, service, event):
                events[place] = None


def _storable(database: Database, service: Service, event: Event) -> bool:
    try:
        take_in(database, service, [event])
    except Exception as error:
        if not _is_hopeless(error):
            raise
        telemetry.log.warning("unstorable", event_id=event.id, error=type(error).__name__)
        return False
    return True


def _is_hopeless(error: Exception) -> bool:
    """Whether the event's own fields are not what they should be, so that no later try can store it."""
    if isinstance(error, ProgrammingError):
        return getattr(error.orig, "pgcode", None) is None  # The driver itself cannot write the value down.
    return isinstance(error, DataError | IntegrityError | ValueError | TypeError | AttributeError)
