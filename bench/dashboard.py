"""B4: hazards are announced at a steady pace, and a page that is open hears of it and asks for the number anew."""

import time

from bench import crowd, measure
from bench.generate import announcements, people
from bench.open_page import Dashboard, delays
from bench.report import Row
from bench.sizes import Size
from bench.stand import Stand
from services.kernel.caller import system

PACE = 100
PATIENCE = 30.0


def run(stand: Stand, size: Size) -> tuple[list[Row], list[str]]:
    (person,) = people.regulators(stand.admin("gateway"), stand.memory, 2_000_000, "520000", ["*"], 1)
    page = Dashboard(stand, person)
    page.listen()
    rows, notes = _swarm(stand, size, page)
    more_rows, more_notes = crowd.run(stand, size, page)
    return rows + more_rows, notes + more_notes


def _swarm(stand: Stand, size: Size, page: Dashboard) -> tuple[list[Row], list[str]]:
    first, hints = page.number(), page.hints
    told = _announced(stand, size)
    page.until(first + len(told), PATIENCE)
    late = delays(told, first, page.seen)
    p50, p95 = measure.percentile(late, 0.5), measure.percentile(late, 0.95)
    pace = len(told) / size.seen_seconds
    is_reached = p95 <= 1 and len(late) == len(told)
    found = f"p50 {p50:.2f} s, p95 {p95:.2f} s"
    return [Row(f"event committed to number shown, at {PACE}/s", found, "", "p95 ≤ 1 s", is_reached)], [
        f"{len(told)} events in {size.seen_seconds:.0f} s ({pace:.0f}/s really), each by a transaction of its own; {len(late)} of"
        f" them were in a number shown; the page heard {page.hints - hints} hints.",
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
