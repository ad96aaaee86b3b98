"""B4: hazards are announced at a steady pace, and a page that is open hears of it and asks for the number anew."""

import contextlib
import http.client
import threading
import time

import orjson

from bench import measure
from bench.generate import announcements, people
from bench.report import Row
from bench.sizes import Size
from bench.stand import Stand
from services.kernel.caller import system

PACE = 100
PATIENCE = 30.0
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


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    (person,) = people.regulators(stand.admin("gateway"), stand.memory, 2_000_000, "520000", ["*"], 1)
    page = Dashboard(stand, person)
    first = page.number()
    page.listen()
    told = _announced(stand, size)
    end = time.monotonic() + PATIENCE
    while (not page.seen or page.seen[-1][1] < first + len(told)) and time.monotonic() < end:
        time.sleep(0.05)
    late = sorted(_delays(told, first, page.seen))
    p50, p95 = measure.percentile(late, 0.5), measure.percentile(late, 0.95)
    pace = len(told) / size.seen_seconds
    rows = [
        Row(
            f"event committed to number shown, at {PACE}/s",
            f"p50 {p50:.2f} s, p95 {p95:.2f} s",
            "",
            "p95 ≤ 1 s",
            p95 <= 1 and len(late) == len(told),
        )
    ]
    return rows, [
        f"{len(told)} events in {size.seen_seconds:.0f} s ({pace:.0f}/s really), each by a transaction of its own; {len(late)} of"
        f" them were in a number shown; the page heard {page.hints} hints.",
        "The way: outbox, relay, broker, inbox of stats, reaction, fold, its own announcement, relay, broker, inbox of the gateway,"
        " hint, stream, page, question, answer. Notice, enforcement and the gateway react to every event as well.",
    ]


def _announced(stand: Stand, size: Size) -> list[float]:
    """When each event was committed; one after the other, each at its moment or as soon as possible."""
    database, committed = stand.database("hazard"), list[float]()
    bodies = [announcements.announcement(number, size.enterprises, 8) for number in range(int(PACE * size.seen_seconds))]
    begun = time.perf_counter()
    for number, body in enumerate(bodies):
        if (wait := begun + number / PACE - time.perf_counter()) > 0:
            time.sleep(wait)
        with database.work(system("bench"), "bench.announce") as work:
            work.announce(announcements.TYPE, body["subject"], body["region"], body["data"])
        committed.append(time.perf_counter())
    database.engine.dispose()
    return committed


def _delays(committed: list[float], first: int, seen: list[tuple[float, int]]) -> list[float]:
    """From each commit until a number counted that many events."""
    found, at = [], 0
    for number, moment in enumerate(committed, 1):
        while at < len(seen) and seen[at][1] < first + number:
            at += 1
        if at == len(seen):
            break
        found.append(seen[at][0] - moment)
    return found
