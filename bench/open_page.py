"""A dashboard as it stands open at somebody's, and how late it showed what was committed."""

import contextlib
import http.client
import threading
import time

import orjson

from bench.generate import people
from bench.stand import Stand

OVERVIEW = "/api/v1/stats/overview?period=day"


class Dashboard:
    """An open page: hears hints, asks for the overview, and notes when it saw which number."""

    def __init__(self, stand: Stand, person: people.Person) -> None:
        self._ports, self._person = stand.platform.ports, person
        self.seen: list[tuple[float, int]] = []
        self.hints = 0

    def number(self) -> int:
        api = http.client.HTTPConnection("127.0.0.1", self._ports["gateway-api"], timeout=30)
        with contextlib.closing(api):
            api.request("GET", OVERVIEW, headers=self._person.headers)
            return int(orjson.loads(api.getresponse().read())["hazard_count"])

    def until(self, number: int, patience: float) -> None:
        """Wait until so much was shown, or for so long."""
        end = time.monotonic() + patience
        while (not self.seen or self.seen[-1][1] < number) and time.monotonic() < end:
            time.sleep(0.05)

    def listen(self) -> None:
        stream = http.client.HTTPConnection("127.0.0.1", self._ports["gateway-stream"], timeout=60)
        stream.request("GET", "/api/v1/events/stream", headers=self._person.headers)
        threading.Thread(target=self._follow, args=(stream.getresponse(),), daemon=True).start()

    def _follow(self, stream: http.client.HTTPResponse) -> None:
        for line in stream:
            if line.startswith(b"event: figures."):
                self.hints += 1
                number = self.number()
                self.seen.append((time.perf_counter(), number))


def delays(committed: list[float], first: int, seen: list[tuple[float, int]]) -> list[float]:
    """From each commit until a number counted that many events, ascending."""
    found, at = [], 0
    for number, moment in enumerate(committed, 1):
        while at < len(seen) and seen[at][1] < first + number:
            at += 1
        if at == len(seen):
            break
        found.append(seen[at][0] - moment)
    return sorted(found)
