"""Whoever listens is looked at anew every few seconds, everybody at once: who lost his session, his right or his scope hears
nothing more."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import redis
from sqlalchemy.exc import SQLAlchemyError

from gateway.api import who
from gateway.edge import Edge
from services.kernel import telemetry
from services.kernel.caller import Caller

TOGETHER = 200  # More at once would keep the others of this process waiting.


@dataclass(eq=False)
class Listener:
    """Who listens, as he stood at the last look; nobody once he may no longer."""

    asker: who.Asker
    caller: Caller | None
    looked_at: float = field(default_factory=time.monotonic)


class Watch:
    """Looks at everybody who listens to this process."""

    def __init__(self, at: Edge, seconds: float) -> None:
        self._at, self._seconds = at, seconds
        self._listeners: set[Listener] = set()
        self._lock = threading.Lock()
        self._running = False

    @contextmanager
    def over(self, one: Listener) -> Iterator[None]:
        """While inside, he is looked at."""
        with self._lock:
            self._listeners.add(one)
            if not self._running:
                self._running = True
                threading.Thread(target=self._go_on, daemon=True, name="watch").start()
        try:
            yield
        finally:
            with self._lock:
                self._listeners.discard(one)

    def stands(self, one: Listener) -> bool:
        """Whether he may hear more; whoever could not be looked at for long may not."""
        return one.caller is not None and time.monotonic() - one.looked_at < 4 * self._seconds

    def _go_on(self) -> None:
        while True:
            time.sleep(self._seconds)
            with self._lock:
                listeners = list(self._listeners)
            try:
                for at in range(0, len(listeners), TOGETHER):
                    self._look(listeners[at : at + TOGETHER])
            except (redis.RedisError, SQLAlchemyError) as error:
                telemetry.log.warning("watch_waits", error=type(error).__name__)

    def _look(self, some: list[Listener]) -> None:
        now = time.monotonic()
        callers = who.callers(self._at, [one.asker for one in some])
        for one in some:
            one.caller, one.looked_at = callers.get(one.asker), now
