"""Quiet: nothing announced that is not published, nothing stored that is not done, nothing unsealed, unfolded, unserved."""

import time
from dataclasses import dataclass

import amqp

from deploy.local.databases import SERVICES
from tests.chaos.rig import Rig

# What is still on its way in each database; all zero is quiet.  What becomes an announcement is looked at before the
# announcements, so that nothing slips by between two looks.
WAITING = {
    "inbox": "SELECT count(*) FROM inbox WHERE done_at IS NULL AND parked_at IS NULL",
    "unsealed": "SELECT count(*) FROM audit_pending",
}
ONLY = {
    "stats": {"unfolded": "SELECT count(*) FROM pending"},
    "notice": {"unserved": "SELECT count(*) FROM distribution WHERE done_at IS NULL"},
}


@dataclass(frozen=True)
class Quiet:
    """Whether it came, after how many seconds, and what was still on its way when it did not."""

    is_quiet: bool
    seconds: float
    left: dict[str, int]


def waiting(rig: Rig) -> dict[str, int]:
    """What is on its way, by place."""
    found: dict[str, int] = {}
    for service in SERVICES:
        for what, query in (WAITING | ONLY.get(service, {})).items():
            if count := rig.rows(service, query)[0][0]:
                found[f"{service} {what}"] = count
    for service in SERVICES:
        if count := rig.rows(service, "SELECT count(*) FROM outbox WHERE sent_at IS NULL")[0][0]:
            found[f"{service} outbox"] = count
    return found | {name: count for name, count in queues(rig).items() if count and name.startswith("inbox.")}


def announced(rig: Rig) -> int:
    """How much was ever announced."""
    return sum(int(rig.rows(service, "SELECT count(*) FROM outbox")[0][0]) for service in SERVICES)


def queues(rig: Rig) -> dict[str, int]:
    """Messages in the broker's queues, those that are being delivered not counted."""
    server = rig.server("rabbitmq")
    port, password = rig.place.recorded("ports")["rabbitmq"], rig.place.secret("rabbitmq")
    names = [*(f"inbox.{service}" for service in SERVICES), "parked", "unrouted"]
    found = {}
    with amqp.Connection(f"127.0.0.1:{port}", server.url.split("//")[1].split(":")[0], password, read_timeout=5) as connection:
        for name in names:
            try:
                found[name] = connection.channel().queue_declare(name, passive=True).message_count
            except amqp.NotFound:
                continue  # A service that listens to nobody has no queue.
    return found


def await_quiet(rig: Rig, seconds: float = 240) -> Quiet:
    """Until nothing has been on its way, or was announced, three times in a row."""
    started, calm, told, left = time.monotonic(), 0, -1, {"nothing was seen": 1}
    while time.monotonic() - started < seconds:
        try:
            left, before, told = waiting(rig), told, announced(rig)
            left |= {"announced meanwhile": told - before} if told != before else {}
        except Exception as error:  # A server that is only just coming back.
            left = {f"{type(error).__name__}: {error}"[:200]: 1}
        calm = 0 if left else calm + 1
        if calm == 3:
            return Quiet(True, time.monotonic() - started, {})
        time.sleep(0.4)
    return Quiet(False, time.monotonic() - started, left)
