"""Live updates: hints on one Redis stream, handed to each open page that may see what they are about.

A hint names what changed and carries nothing else; a page that missed some gives the last it saw and gets the rest,
as far as the stream reaches back.
"""

import queue
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import orjson
import redis

from gateway.operations import CONTRACTS, operations
from services.kernel import telemetry
from services.kernel.caller import Caller
from services.kernel.event import Event

STREAM, KEPT = "live", 10_000
# Whose announcements are shown, and to whom: who may read the list that they change.
SHOWN = {"hazard": "GET /hazards", "notice": "GET /notices", "stats": "GET /stats/overview"}
PLACE = ("region", "industry", "enterprise_id")
CATCH_UP = 500
WAITING = 200  # Hints a slow page may fall behind before it is cut off, to come back and catch up.


@dataclass(frozen=True)
class Hint:
    """One change: what kind, of what, and where it lies."""

    id: str
    type: str
    subject: str
    region: str
    industry: str | None
    enterprise_id: str | None

    @cached_property
    def order(self) -> tuple[int, ...]:
        return order(self.id)

    def is_for(self, caller: Caller, rights: dict[str, str]) -> bool:
        """Figures concern everybody who may read them; what has a place is for those whose scope covers it."""
        service = rights.get(self.type.split(".", maxsplit=1)[0])
        if service is None or not caller.may(service):
            return False
        return self.type.startswith("figures.") or caller.scope.covers(self.region, self.industry, self.enterprise_id)

    @cached_property
    def text(self) -> bytes:
        """As it goes to every page that may hear it: written once for all of them."""
        body: dict[str, Any] = {"type": self.type}
        if not self.type.startswith("figures."):
            body |= {"subject": self.subject, "enterprise_id": self.enterprise_id, "region": self.region}
        return b"id: %b\nevent: %b\ndata: %b\n\n" % (self.id.encode(), self.type.encode(), orjson.dumps(body))


def order(entry_id: str) -> tuple[int, ...]:
    """By what entries of a stream follow each other."""
    return tuple(map(int, entry_id.split("-")))


Waiting: TypeAlias = "queue.SimpleQueue[Hint | None]"


def rights() -> dict[str, str]:
    """The permission that each subject of hints asks for: ``hazard``, ``supervision``, ``notice``, ``figures`` …"""
    needed = {service: o.permission for service, o in operations() if SHOWN.get(service) == o.route}
    return {
        event.type.split(".", maxsplit=1)[0]: permission
        for service, permission in needed.items()
        for event in CONTRACTS[service].EVENTS
    }


def types() -> list[str]:
    """The names under which hints arrive."""
    shown = [CONTRACTS[service].EVENTS for service in SHOWN if service in CONTRACTS]
    return sorted(_name(event.type) for events in shown for event in events)


def _name(event_type: str) -> str:
    return event_type.rpartition(".v")[0]


def publish(memory: "redis.Redis[str]", events: Iterable[Event]) -> None:
    """Tell the open pages of every process, in one exchange with Redis."""
    with memory.pipeline(transaction=False) as line:
        for event in events:
            state = event.data.get("state", {})
            body = {"type": _name(event.type), "subject": event.subject} | {name: str(state.get(name) or "") for name in PLACE}
            line.xadd(STREAM, body, maxlen=KEPT, approximate=True)  # type: ignore[arg-type]
        line.execute()


def hint(entry_id: str, body: dict[str, str]) -> Hint:
    return Hint(entry_id, body["type"], body["subject"], body["region"], body["industry"] or None, body["enterprise_id"] or None)


class Hub:
    """One reader of the stream a process, what it has read so far, and a queue for each open page."""

    def __init__(self, memory: "redis.Redis[str]") -> None:
        self._redis = memory
        self._pages: dict[Waiting, Callable[[Hint], bool]] = {}
        self._read: list[Hint] = []  # All that the stream holds: many pages that come back at once ask Redis for nothing.
        self._lock = threading.Lock()
        self._running = False

    @contextmanager
    def page(self, may_hear: Callable[[Hint], bool]) -> Iterator[Waiting]:
        """A queue that receives every hint from now on that it may hear; None means that the page fell behind."""
        mine: Waiting = queue.SimpleQueue()
        with self._lock:
            if not self._running:
                self._begin()
            self._pages[mine] = may_hear
        try:
            yield mine
        finally:
            with self._lock:
                self._pages.pop(mine, None)

    def since(self, last_id: str) -> list[Hint]:
        """What the stream still holds after ``last_id``."""
        with self._lock:
            return self._read[bisect_right(self._read, order(last_id), key=lambda one: one.order) :]

    def _begin(self) -> None:
        while entries := self._redis.xrange(STREAM, min=f"({self._last}", count=CATCH_UP):
            self._read += [hint(str(entry_id), body) for entry_id, body in entries]
        self._running = True
        threading.Thread(target=self._go_on, daemon=True, name="live").start()

    @property
    def _last(self) -> str:
        return self._read[-1].id if self._read else "0-0"

    def _go_on(self) -> None:
        while True:
            try:
                for _, entries in self._redis.xread({STREAM: self._last}, count=200, block=5000) or []:
                    for entry_id, body in entries:
                        self._hand_out(hint(str(entry_id), body))
            except redis.RedisError as error:
                telemetry.log.warning("live_waits", error=type(error).__name__)
                time.sleep(1)

    def _hand_out(self, one: Hint) -> None:
        """To those alone who may hear it: the others are not even woken."""
        with self._lock:
            self._read.append(one)
            if len(self._read) > 2 * KEPT:
                del self._read[:KEPT]
            for page in [page for page, may_hear in self._pages.items() if may_hear(one)]:
                if page.qsize() < WAITING:
                    page.put(one)
                else:
                    del self._pages[page]
                    page.put(None)
