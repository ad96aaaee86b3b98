"""The broker's side of events: one topic exchange a source, one quorum queue a service, confirmed publishing."""

from typing import Any

from amqp import Channel
from kombu import Connection, Exchange, Queue, binding

from services.kernel.event import Event
from services.kernel.service import Service

UNROUTED = Queue("unrouted", Exchange("unrouted", type="fanout", durable=True), queue_arguments={"x-max-length": 10_000})
PARKED = Queue("parked", Exchange("parked", type="fanout", durable=True), durable=True, queue_arguments={"x-queue-type": "quorum"})


def exchange(service: str) -> Exchange:
    """Where a service announces; what nobody is bound for goes to ``unrouted`` and can be counted."""
    return Exchange(f"{service}.events", type="topic", durable=True, arguments={"alternate-exchange": "unrouted"})


def queue_of(service: Service) -> Queue:
    """``inbox.<service>``: quorum, nothing dropped, dead letters parked; bound for exactly what the service reacts to."""
    bound = [(exchange(e.service), e.type) for e in service.listens_to]
    arguments = {
        "x-queue-type": "quorum",
        "x-overflow": "reject-publish",
        "x-dead-letter-exchange": "parked",
        "x-dead-letter-strategy": "at-least-once",
    }
    return Queue(f"inbox.{service.name}", bindings=[binding(ex, key) for ex, key in bound], queue_arguments=arguments)


def declare(channel: Any, service: Service) -> None:
    """Make the exchanges and queues that stand for the service, before anything is published or consumed."""
    sources = {service.name, *(e.service for e in service.listens_to)}
    for entity in (PARKED, UNROUTED, *map(exchange, sorted(sources))):
        entity(channel).declare()
    if service.listens_to:
        queue_of(service)(channel).declare()


def prepare(amqp_url: str, service: Service) -> None:
    """The same on a connection of its own.  To be done for all services before any of them runs: what is announced while a
    listener's queue is not there yet never reaches it."""
    with Connection(amqp_url, connect_timeout=5) as connection:
        declare(connection.channel(), service)


class Publisher:
    """Publishes batches on one connection and waits for every confirm; a hang ends after five seconds."""

    def __init__(self, amqp_url: str, service: str) -> None:
        options = {"read_timeout": 5, "write_timeout": 5, "connect_timeout": 5}
        self._connection = Connection(amqp_url, transport_options=options, heartbeat=10)
        self._service = service
        self._channel: Channel | None = None
        self._open: set[int] = set()

    def __call__(self, events: list[Event]) -> None:
        try:
            channel = self._channel or self._connect()
            producer = self._connection.Producer(channel, auto_declare=False)
            for event in events:
                self._tag += 1
                self._open.add(self._tag)
                producer.publish(
                    event.to_json(),
                    exchange=f"{self._service}.events",
                    routing_key=event.type,
                    content_type="application/json",
                    content_encoding="utf-8",
                    delivery_mode=2,
                    message_id=event.id,
                )
            while self._open:
                self._connection.drain_events(timeout=5)
        except Exception:
            self.close()
            raise

    def _connect(self) -> Channel:
        self._connection.ensure_connection(max_retries=1)
        channel = self._connection.channel()
        for entity in (UNROUTED, exchange(self._service)):
            entity(channel).declare()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._confirmed)
        channel.events["basic_nack"].add(self._refused)
        self._tag, self._channel = 0, channel
        return channel

    def _confirmed(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._open = {t for t in self._open if t > tag}
        else:
            self._open.discard(tag)

    def _refused(self, tag: int, multiple: bool) -> None:
        raise ConnectionError(f"the broker refused message {tag}")

    def close(self) -> None:
        """Forget the connection; the next batch opens a new one."""
        self._channel, self._open = None, set()
        self._connection.close()
