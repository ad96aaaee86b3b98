"""R-05: what cannot be read, what nobody knows, and what a reaction stumbles over: kept apart with its reason, holding up nobody.

The pauses between tries (nine minutes in all) are shortened by the rig, as a clock that runs faster would.
"""

import signal
import time

import kombu

from deploy.local.databases import SERVICES
from services.kernel.inbox import ATTEMPTS
from services.kernel.service import named
from services.runtime.operate import rerun
from tests.chaos.quiet import queues
from tests.chaos.rig import Rig
from tests.chaos.trial import Result, Trial, at_work

UNREADABLE = (b"\xff\xfe{", b"[1, 2", b'{"hello": 1}', b'"words"')
REGISTERED = "hazard.registered.v1"
OPEN = "done_at IS NULL AND parked_at IS NULL"
BREAK = (
    "UPDATE inbox SET data = jsonb_set(data, '{state}', (data->'state') - 'status') WHERE id IN (SELECT DISTINCT ON (subject) id"
    f" FROM inbox WHERE {OPEN} AND type LIKE 'hazard.%' ORDER BY subject, sequence DESC LIMIT :count) RETURNING id::text"
)


def publish(rig: Rig, exchange: str, key: str, body: bytes) -> None:
    with kombu.Connection(rig.server("rabbitmq").url) as connection:
        producer = connection.Producer()
        producer.publish(body, exchange=exchange, routing_key=key, content_type="application/json", content_encoding="utf-8")


def tell_nonsense(rig: Rig) -> tuple[int, int]:
    """Messages that no service can read, and messages of a version that none knows; how many of each."""
    for number in range(8):
        publish(rig, "hazard.events", REGISTERED, UNREADABLE[number % len(UNREADABLE)])
    for _ in range(4):
        publish(rig, "hazard.events", "hazard.registered.v9", b"{}")
    return 8, 4


def spoil(rig: Rig, count: int, seconds: float = 60) -> dict[str, str]:
    """Take from some events, stored but not acted on, what their reaction needs; what they were."""
    rig.signal("stats-worker", signal.SIGSTOP)
    end, saved = time.monotonic() + seconds, dict[str, str]()
    try:
        while len(saved) < count and time.monotonic() < end:
            before = f"SELECT id::text, data::text FROM inbox WHERE {OPEN} AND type LIKE 'hazard.%'"
            found = dict(tuple(row) for row in rig.rows("stats", before))
            for each in rig.change("stats", BREAK, count=count - len(saved)):
                saved[each] = saved.get(each) or found.get(each) or ""
            time.sleep(0.5)
    finally:
        rig.signal("stats-worker", signal.SIGCONT)
    return {each: data for each, data in saved.items() if data}


def await_parked(rig: Rig, ids: list[str], seconds: float = 180) -> tuple[int, int]:
    """Until all are parked, without the pauses in between; how many are, and the most tries."""
    end = time.monotonic() + seconds
    mine = "id = ANY(CAST(:ids AS uuid[]))"
    while time.monotonic() < end:
        rig.execute("stats", f"UPDATE inbox SET next_at = now() WHERE {mine} AND {OPEN}", ids=ids)
        query = f"SELECT count(*) FILTER (WHERE parked_at IS NOT NULL AND error <> ''), max(attempts) FROM inbox WHERE {mine}"
        parked, tries = rig.rows("stats", query, ids=ids)[0]
        if parked == len(ids):
            break
        time.sleep(0.2)
    return int(parked), int(tries)


def repair(rig: Rig, saved: dict[str, str]) -> int:
    """Give the events back what was taken from them, and have them run again as an operator does."""
    for each, data in saved.items():
        rig.execute("stats", "UPDATE inbox SET data = CAST(:data AS jsonb) WHERE id = CAST(:id AS uuid)", data=data, id=each)
    return rerun(rig.database("stats"))


def run(trial: Trial, spoiled: int = 5) -> Result:
    rig, result, started = trial.rig, Result("R-05 poison", ""), time.time()
    with at_work(trial, result, "R-05"):
        unreadable, unknown = tell_nonsense(rig)
        saved = spoil(rig, spoiled)
        parked, tries = await_parked(rig, list(saved))
        again = repair(rig, saved)
        deadline = time.monotonic() + 60
        # Each service that is bound for them gets its own copy.
        readers = sum(REGISTERED in {e.type for e in named(service).listens_to} for service in SERVICES)
        while (found := queues(rig))["parked"] < unreadable * readers and time.monotonic() < deadline:
            time.sleep(0.5)
        with kombu.Connection(rig.server("rabbitmq").url) as connection:
            connection.channel().queue_purge("parked")
    slowest = trial.ledger.rows("SELECT max(seconds) FROM command WHERE sent_at > ?", started)[0][0]
    result.hits = f"{unreadable} unreadable, {unknown} unknown, {len(saved)} stumbling"
    result.figures |= {"parked in broker": found["parked"], "unrouted": found["unrouted"], "parked in inbox": parked}
    result.figures |= {"most tries": tries, "run again": again, "slowest command s": round(slowest or 0, 1)}
    result.wrong += ["unreadable messages were not all parked"] if found["parked"] != unreadable * readers else []
    result.wrong += ["unknown announcements were not all kept apart"] if found["unrouted"] < unknown else []
    result.wrong += ["stumbling events were not all parked"] if parked != spoiled or tries != ATTEMPTS or again != spoiled else []
    return result
