"""Open pages are told that something of theirs has changed: a hint on a Redis stream, which they answer by asking anew.

Redis away means that pages refresh later; nothing waits for it, and nothing is lost that cannot be asked for.
"""

from typing import Any

import redis

from gateway import live
from gateway.memory import memory
from gateway.operations import CONTRACTS
from services.kernel import telemetry
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work


@reacts(*(event for name in live.SHOWN if name in CONTRACTS for event in CONTRACTS[name].EVENTS))
def show(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    try:
        live.publish(memory(), event.type, event.subject, state)
    except redis.RedisError as error:
        telemetry.log.warning("pages_not_told", event_type=event.type, error=type(error).__name__)
