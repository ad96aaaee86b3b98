"""Open pages are told that something of theirs has changed: a hint on a Redis stream, which they answer by asking anew.

Redis away means that pages refresh later; nothing waits for it, and nothing is lost that cannot be asked for.
"""

from functools import cache
from typing import Any

import redis
from environs import Env

from gateway import live
from gateway.operations import CONTRACTS
from services.kernel import telemetry
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work


@cache
def memory() -> "redis.Redis[str]":
    return redis.Redis.from_url(Env().str("REDIS_URL"), decode_responses=True, socket_timeout=2, socket_connect_timeout=2)


@reacts(*(event for name in live.SHOWN if name in CONTRACTS for event in CONTRACTS[name].EVENTS))
def show(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    try:
        live.publish(memory(), event.type, event.subject, state)
    except redis.RedisError as error:
        telemetry.log.warning("pages_not_told", event_type=event.type, error=type(error).__name__)
