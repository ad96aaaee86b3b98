"""Live updates: hints on one Redis stream, handed to each open page that may see what they are about.

A hint names what changed and carries nothing else; a page that missed some gives the last it saw and gets the rest,
as far as the stream reaches back.
"""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import redis

from gateway.operations import CONTRACTS, operations
from services.kernel import telemetry
from services.kernel.caller import Caller

STREAM, KEPT = "live", 10_000
# Whose announcements are shown, and to whom: who may read the list that they change.
SHOWN = {"hazard": "GET /hazards", "notice": "GET /notices", "stats": "GET /stats/overview"}
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

    def is_for(self, caller: Caller, rights: dict[str, str]) -> bool:
        """Figures concern everybody who may read them; what has a place is for those whose scope covers it."""
        service = rights.get(self.type.split(".", maxsplit=1)[0])
        if service is None or not caller.may(service):
            return False
        return self.type.startswith("figures.") or caller.scope.covers(self.region, self.industry, self.enterprise_id)


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


def publish(memory: "redis.Redis[str]", event_type: str, subject: str, state: dict[str, Any]) -> None:
    """Tell the open pages of every process."""
    body = {
        "type": _name(event_type), "subject": subject, "region": state.get("region") or "",
        "industry": state.get("industry") or "", "enterprise_id": str(state.get("enterprise_id") or ""),
    }  # fmt: skip
    memory.xadd(STREAM, body, maxlen=KEPT, approximate=True)  # type: ignore[arg-type]


def hint(entry_id: str, body: dict[str, str]) -> Hint:
    return Hint(entry_id, body["type"], body["subject"], body["region"], body["industry"] or None, body["enterprise_id"] or None)


class Hub:
    """One reader of the stream a process, and a queue for each open page."""

    def __init__(self, memory: "redis.Redis[str]") -> None:
        self._redis = memory
        self._pages: set[queue.Queue[Hint | None]] = set()
        self._lock = threading.Lock()
        self._last = "$"
        self._running = False

    @contextmanager
    def page(self) -> Iterator["queue.Queue[Hint | None]"]:
        """A queue that receives every hint from now on; None means that the page fell behind."""
        mine: queue.Queue[Hint | None] = queue.Queue(WAITING)
        with self._lock:
            if not self._running:
                self._last, self._running = self._newest(), True
                threading.Thread(target=self._read, daemon=True, name="live").start()
            self._pages.add(mine)
        try:
            yield mine
        finally:
            with self._lock:
                self._pages.discard(mine)

    def since(self, last_id: str) -> Iterator[Hint]:
        """What the stream still holds after ``last_id``, however much it is; read piece by piece."""
        while entries := self._redis.xrange(STREAM, min=f"({last_id}", count=CATCH_UP):
            for entry_id, body in entries:
                last_id = str(entry_id)
                yield hint(last_id, body)

    def _newest(self) -> str:
        newest = self._redis.xrevrange(STREAM, count=1)
        return str(newest[0][0]) if newest else "0-0"

    def _read(self) -> None:
        while True:
            try:
                for _, entries in self._redis.xread({STREAM: self._last}, count=200, block=5000) or []:
                    for entry_id, body in entries:
                        self._last = str(entry_id)
                        self._hand_out(hint(self._last, body))
            except redis.RedisError as error:
                telemetry.log.warning("live_waits", error=type(error).__name__)
                time.sleep(1)

    def _hand_out(self, one: Hint) -> None:
        with self._lock:
            for page in list(self._pages):
                try:
                    page.put_nowait(one)
                except queue.Full:
                    self._pages.discard(page)
                    page.queue.clear()
                    page.put_nowait(None)
