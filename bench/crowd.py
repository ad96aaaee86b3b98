"""B4 with a crowd: a county registers hazards while many pages of other people stand open and hear of it."""

import contextlib
import http.client
import json
import time
from collections.abc import Callable

from bench import measure
from bench.generate import people
from bench.open_page import Dashboard, delays
from bench.registration import PATH
from bench.registration_row import GIVEN
from bench.report import Row
from bench.sizes import Size
from bench.stand import Stand
from bench.streams import Audience, audience

EVERY = 1.0  # Seconds from one registration to the next.
PATIENCE = 30.0
PARTS = ("gateway-stream", "gateway-api", "redis", "postgres")


def run(stand: Stand, size: Size, page: Dashboard) -> tuple[list[Row], list[str]]:
    url, memory = stand.admin("gateway"), stand.memory
    (manager,) = people.safety_managers(url, memory, 4_000_000, [1])
    listeners = people.regulators(url, memory, 5_000_000, "520000", ["*"], size.streams)
    with audience(stand.platform.ports["gateway-stream"], [one.headers for one in listeners]) as everybody:
        idle = _cpu(stand, lambda: time.sleep(size.registered * EVERY))
        first, sent = page.number(), list[float]()
        busy = _cpu(stand, lambda: _register(stand, manager, size.registered, sent))
        page.until(first + size.registered, PATIENCE)
        return _found(size, everybody, delays(sent, first, page.seen), sent, idle, busy)


def _register(stand: Stand, manager: people.Person, count: int, sent: list[float]) -> None:
    """One after the other, each by a request of its own; when each was sent."""
    headers = {"Content-Type": "application/json", **manager.headers}
    for number in range(count):
        line = http.client.HTTPConnection("127.0.0.1", stand.platform.ports["gateway-api"], timeout=30)
        with contextlib.closing(line):
            sent.append(time.perf_counter())
            line.request("POST", PATH, json.dumps(GIVEN), headers)
            assert line.getresponse().status == 201
        time.sleep(max(0.0, sent[0] + (number + 1) * EVERY - time.perf_counter()))


def _cpu(stand: Stand, action: Callable[[], None]) -> dict[str, float]:
    before = {name: stand.cpu_of(name) for name in PARTS}
    action()
    return {name: stand.cpu_of(name) - before[name] for name in PARTS}


def _found(
    size: Size, everybody: Audience, late: list[float], sent: list[float], idle: dict[str, float], busy: dict[str, float]
) -> tuple[list[Row], list[str]]:
    p50, p95 = measure.percentile(late, 0.5), measure.percentile(late, 0.95)
    heard = sum(len(one.told) for one in everybody.streams)
    seconds = size.registered * EVERY
    what = f"a county's registration on the province's board, {len(everybody.streams):,} streams open"
    row = Row(what, f"p50 {p50:.2f} s, p95 {p95:.2f} s", "", "p95 ≤ 2 s", p95 <= 2 and len(late) == len(sent))
    each = (busy["gateway-stream"] - idle["gateway-stream"]) / max(heard, 1) * 1e6
    size_of_one = sum(one.received for one in everybody.streams) / max(heard, 1)
    told = ", ".join(f"{name} {idle[name] / seconds:.1%} → {busy[name] / seconds:.1%}" for name in PARTS)
    return [row], [
        f"{len(sent)} registrations by requests, one a second, from the moment each was sent; {len(late)} were in a number shown."
        f" The streams heard {heard:,} hints, {size_of_one:.0f} bytes each with all that goes around them; a hint for one stream"
        f" costs {each:.0f} µs of gateway-stream. Of a core, at rest → meanwhile: {told}.",
    ]
