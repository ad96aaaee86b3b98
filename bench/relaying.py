"""B6: the relay empties an outbox, beside kombu publishing the same bodies in confirmed batches."""

import time
from typing import Any

from kombu import Connection, Exchange, Producer, Queue

from bench.generate import announcements
from bench.generate.copying import copy, execute
from bench.generate.moments import id_at
from bench.report import Row, ratio
from bench.sizes import Size
from bench.stand import Stand
from services.kernel import clock
from services.kernel.outbox import BATCH, Relay
from services.runtime.bus import Publisher, exchange

NAME = "bench"  # An exchange of its own with one quorum queue: what services do with events is another question.
COLUMNS = ["id", "type", "subject", "region", "time", "actor", "data"]
Event = dict[str, Any]


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    events = [announcements.announcement(number, size.enterprises, 5) for number in range(size.events)]
    _bind(stand)
    with stand.without("hazard-worker"):
        now = clock.now()
        rows = (
            (id_at(-3600.0, 6, n), announcements.TYPE, e["subject"], e["region"], now, "bench", e["data"])
            for n, e in enumerate(events)
        )
        execute(stand.admin("hazard"), "DELETE FROM lease", "UPDATE outbox SET sent_at = now() WHERE sent_at IS NULL")
        copy(stand.admin("hazard"), "outbox", COLUMNS, rows)
        execute(stand.admin("hazard"), "VACUUM ANALYZE outbox", "CHECKPOINT")
        seconds, cpu = _relayed(stand, size)
        execute(stand.admin("hazard"), "DELETE FROM lease")
    arrived = _bind(stand)
    bare, bare_cpu = _published(stand, events)
    rate, bare_rate = size.events / seconds, size.events / bare
    row = Row(
        "events a second",
        f"{rate:.0f}",
        f"kombu alone {bare_rate:.0f}: {ratio(rate, bare_rate)}",
        "≥ 0.7 ×",
        rate >= 0.7 * bare_rate,
    )
    return [row], [
        f"{size.events:,} events in batches of {BATCH}; {arrived:,} of them were in the queue afterwards.",
        f"CPU of one event: relay {cpu:.2f} ms, kombu alone {bare_cpu:.2f} ms (the publishing process alone).",
        "The relay also reads and numbers each batch in one transaction and marks it as sent in another; kombu alone serialises"
        " the same bodies and waits for the confirms of each batch.",
    ]


def _bind(stand: Stand) -> int:
    """Have the queue, empty; how much was in it."""
    with Connection(stand.addresses["rabbitmq"]) as connection, connection.channel() as channel:
        queue = Queue("bench.sink", exchange(NAME), "#", queue_arguments={"x-queue-type": "quorum"})(channel)
        queue.declare()
        return int(queue.purge())


def _relayed(stand: Stand, size: Size) -> tuple[float, float]:
    database, publisher = stand.database("hazard"), Publisher(stand.addresses["rabbitmq"], NAME)
    relay = Relay(database, publisher)
    begun, used, left = time.perf_counter(), time.process_time(), size.events
    while left > 0:
        left -= relay.step()
    seconds, cpu = time.perf_counter() - begun, (time.process_time() - used) * 1000 / size.events
    publisher.close()
    database.engine.dispose()
    return seconds, cpu


def _published(stand: Stand, events: list[Event]) -> tuple[float, float]:
    begun, used = time.perf_counter(), time.process_time()
    with Connection(stand.addresses["rabbitmq"]) as connection, connection.channel() as channel:
        channel.confirm_select()
        open_tags: set[int] = set()

        def confirmed(tag: int, multiple: bool) -> None:
            nonlocal open_tags
            open_tags = {t for t in open_tags if t > tag} if multiple else open_tags - {tag}

        channel.events["basic_ack"].add(confirmed)
        producer = Producer(channel, Exchange(f"{NAME}.events", type="topic"), auto_declare=False, serializer="json")
        for tag, event in enumerate(events, 1):
            open_tags.add(tag)
            producer.publish(event, routing_key=announcements.TYPE, delivery_mode=2)
            while tag % BATCH == 0 and open_tags:
                connection.drain_events(timeout=10)
        while open_tags:
            connection.drain_events(timeout=10)
    return time.perf_counter() - begun, (time.process_time() - used) * 1000 / len(events)
