"""How many threads of a process wait for a service that has fallen silent; the others are kept for the rest (ADR 0037)."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

MOST = 10  # Of a process's sixteen threads.
LONG = 2.0  # Seconds without an answer to the oldest of so many questions.
TRIES = 2  # At a time, of a service that has not answered the last one.


class Patience:
    """What a process has asked and not been answered yet, service by service, oldest first; and who did not answer."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._waiting: dict[str, dict[object, float]] = defaultdict(dict)
        self._silent: set[str] = set()

    def worn(self, services: Sequence[str]) -> list[str]:
        """Those of which nothing more is to be asked at this moment."""
        with self._lock:
            return [service for service in services if self._is_worn(service)]

    def _is_worn(self, service: str) -> bool:
        waiting = self._waiting[service]
        if service in self._silent:
            return len(waiting) >= TRIES
        return len(waiting) >= MOST and self._now() - next(iter(waiting.values())) > LONG

    @contextmanager
    def waiting(self, services: Sequence[str]) -> Iterator[None]:
        """Inside, a thread waits for these."""
        token, now = object(), self._now()
        with self._lock:
            for service in services:
                self._waiting[service][token] = now
        try:
            yield
        finally:
            with self._lock:
                for service in services:
                    self._waiting[service].pop(token, None)

    def heard(self, service: str, is_answered: bool) -> None:
        """What came of a question."""
        with self._lock:
            (self._silent.discard if is_answered else self._silent.add)(service)
