"""Carries announcements between services inside one process, in order and at the simulated moment.

The demonstration data are made with it, and tests whose subject is a chain of reactions: the same outbox, relay, inbox
and reactor as in operation, only without a broker between them.
"""

from functools import partial

from services.kernel.event import Event
from services.kernel.inbox import react
from services.kernel.outbox import Relay
from services.kernel.service import Service
from services.kernel.work import Database
from services.runtime.arrival import take_in


class InlineBus:
    """All parts of a deployment in one process: ``{"hazard": (SERVICE, database), ...}``.

    For parts that are ``listening`` announcements are only stored: another process relays and reacts for them.
    """

    def __init__(
        self, parts: dict[str, tuple[Service, Database]], listening: dict[str, tuple[Service, Database]] | None = None
    ) -> None:
        self._parts, self._listening = parts, listening or {}
        self._relays = {name: Relay(database, partial(self._deliver, name), "inline") for name, (_, database) in parts.items()}
        self._heard: set[str] = set()

    def pump(self) -> int:
        """Relay and react until nothing moves any more; how many events were acted on.

        All parts are asked once; after that, only who has reacted may have something to announce, and who has heard of it to do.
        """
        done, announcing = 0, list(self._parts)
        self._heard = set(self._parts)
        while announcing:
            for name in announcing:
                while self._relays[name].step():
                    pass
            heard, self._heard = [name for name in self._parts if name in self._heard], set()
            reacted = {name: self._react(name) for name in heard}
            done += sum(reacted.values())
            announcing = [name for name, count in reacted.items() if count]
        return done

    def _react(self, name: str) -> int:
        service, database = self._parts[name]
        done = 0
        while taken := react(database, service):
            done += taken
        return done

    def _deliver(self, source: str, events: list[Event]) -> None:
        for name, (service, database) in (*self._parts.items(), *self._listening.items()):
            heard = {e.type for e in service.listens_to if e.service == source}
            if take_in(database, service, [event for event in events if event.type in heard]):
                self._heard.add(name)
