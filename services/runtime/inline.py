"""Carries announcements between services inside one process, in order and at the simulated moment.

The demonstration data are made with it, and tests whose subject is a chain of reactions: the same outbox, relay, inbox
and reactor as in operation, only without a broker between them.
"""

from functools import partial

from services.kernel.event import Event
from services.kernel.inbox import react, store
from services.kernel.outbox import Relay
from services.kernel.service import Service
from services.kernel.work import Database


class InlineBus:
    """All parts of a deployment in one process: ``{"hazard": (SERVICE, database), ...}``.

    For parts that are ``listening`` announcements are only stored: another process relays and reacts for them.
    """

    def __init__(
        self, parts: dict[str, tuple[Service, Database]], listening: dict[str, tuple[Service, Database]] | None = None
    ) -> None:
        self._parts, self._listening = parts, listening or {}
        self._relays = [Relay(database, partial(self._deliver, name), "inline") for name, (_, database) in parts.items()]

    def pump(self) -> int:
        """Relay and react until nothing moves any more; how many events were acted on."""
        done = 0
        while True:
            moved = sum(relay.step() for relay in self._relays)
            for service, database in self._parts.values():
                while taken := react(database, service):
                    done += taken
                    moved += taken
            if not moved:
                return done

    def _deliver(self, source: str, events: list[Event]) -> None:
        for service, database in (*self._parts.values(), *self._listening.values()):
            heard = {e.type for e in service.listens_to if e.service == source}
            if wanted := [event for event in events if event.type in heard]:
                store(database, wanted)
