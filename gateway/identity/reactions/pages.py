"""Open pages are told that something of theirs has changed: a hint on a Redis stream, which they answer by asking anew.

Redis away means that pages refresh later; nothing is lost that cannot be asked for.
"""

from gateway import live
from gateway.memory import memory
from gateway.operations import CONTRACTS
from services.kernel.event import Event
from services.kernel.service import passes_on


@passes_on(*(event for name in live.SHOWN if name in CONTRACTS for event in CONTRACTS[name].EVENTS))
def show(events: list[Event]) -> None:
    live.publish(memory(), events)
