"""Open pages are told that something of theirs has changed: a hint on a Redis stream, which they answer by asking anew.

Redis away means that pages refresh later; nothing waits for it, and nothing is lost that cannot be asked for.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import redis
from environs import Env

from gateway import live
from gateway.operations import CONTRACTS
from services.kernel import telemetry
from services.kernel.contract import EventType
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work


@cache
def memory() -> "redis.Redis[str]":
    return redis.Redis.from_url(Env().str("REDIS_URL"), decode_responses=True, socket_timeout=2, socket_connect_timeout=2)


def _shows(event_type: EventType) -> Callable[..., None]:
    @reacts(event_type)
    def show(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
        try:
            live.publish(memory(), event.type, event.subject, state)
        except redis.RedisError as error:
            telemetry.log.warning("pages_not_told", event_type=event.type, error=type(error).__name__)

    show.__name__ = f"show_{event_type.type.replace('.', '_')}"
    return show


# One reaction for each announcement of these services, under the name by which the service finds it.
for _contract in (CONTRACTS[name] for name in live.SHOWN if name in CONTRACTS):
    for _type in _contract.EVENTS:
        globals()[f"show_{_type.type.replace('.', '_')}"] = _shows(_type)
