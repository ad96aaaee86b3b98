"""The joins: the ledger with the owners' tables, every inbox, every copy, the figures and the audit chain.

Each function gives sentences, one for each thing that is not as it has to be; none when all is well.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from deploy.local.databases import SERVICES
from services.kernel.caller import system
from services.kernel.service import named
from services.runtime import chain
from services.runtime.arrival import is_wanted
from services.stats.recounting import recount
from tests.chaos.ledger import Ledger
from tests.chaos.projections import COPIES, Copy
from tests.chaos.quiet import queues
from tests.chaos.rig import Rig

# The aggregates that commands name, and where they lie.
TABLES = {
    "Hazard": ("hazard", "hazard", "status"),
    "RiskPoint": ("risk", "risk_point", "status"),
    "Check": ("risk", "check_record", "NULL"),
    "Notice": ("notice", "notice", "status"),
    "Receipt": ("notice", "notice_receipt", "status"),
    "Inspection": ("enforcement", "inspection", "state"),
}
# Rows that are nobody's command but follow from one, by the kind under which the ledger expects them.
EFFECTS = {
    "hazard of check": ("hazard", "SELECT check_id || ':' || item_no FROM hazard WHERE check_id IS NOT NULL"),
    "hazard of finding": ("hazard", "SELECT finding_id::text FROM hazard WHERE finding_id IS NOT NULL"),
    "receipt": ("notice", "SELECT notice_id || ':' || enterprise_id FROM notice_receipt"),
}
FOUNDED = {"RiskPoint": "name = '冲压机'"}


def commands_and_audit(rig: Rig, ledger: Ledger) -> Iterator[str]:
    """Every command that was answered as done has exactly one audit row, and every row of a command stands in the ledger."""
    done = {(key, operation, subject) for key, operation, subject in ledger.rows(
        "SELECT key, operation, subject FROM command WHERE status BETWEEN 200 AND 299")}  # fmt: skip
    known = {key for (key,) in ledger.rows("SELECT key FROM command")}
    rows: Counter[tuple[str, str, str]] = Counter()
    for service in ("hazard", "risk", "notice", "enforcement"):
        query = (
            "SELECT request_id, operation, s FROM audit, LATERAL (SELECT jsonb_object_keys(changes) s) k"
            " WHERE result = 'done' AND actor_kind <> 'system' AND request_id IS NOT NULL"
        )
        found = [row for row in rig.rows(service, query) if row[0] in known and row[2].partition(":")[0] in TABLES]
        rows.update((key, operation, s) for key, operation, s in found)
    yield from (f"lost: {each} was answered as done and has no audit row" for each in done - rows.keys())
    yield from (f"doubled: {each} has {count} audit rows" for each, count in rows.items() if count > 1)
    yield from (f"unanswered: {each} was done and never known to be" for each in rows.keys() - done)


def owners(rig: Rig, ledger: Ledger) -> Iterator[str]:
    """Every aggregate is where its last answered command left it: no version less, none more; and none is nobody's."""
    last: dict[str, dict[str, tuple[Any, Any]]] = {kind: {} for kind in TABLES}
    query = "SELECT subject, version, state FROM command WHERE status BETWEEN 200 AND 299 ORDER BY known_at"
    for subject, version, state in ledger.rows(query):
        kind, _, each = subject.partition(":")
        last[kind][each] = (version, state)
    for kind, (service, table, state) in TABLES.items():
        rows = rig.rows(service, f"SELECT id::text, version, {state}::text FROM {table} WHERE {_commanded(kind)}")
        stored = {each: (version, word) for each, version, word in rows}
        for each in last[kind].keys() | stored.keys():
            answered, found = last[kind].get(each), stored.get(each)
            if kind == "Receipt" and answered is None:
                continue  # Its receiver has not touched it; that it is there once, ``effects`` says.
            if found is None:
                yield f"lost: {kind} {each} was answered as {answered} and is not there"
            elif answered is None:
                yield f"nobody's: {kind} {each} is {found} and no command made it"
            elif answered[0] not in (None, found[0]) or (found[1] is not None and answered[1] != found[1]):
                yield f"{'doubled' if found[0] > answered[0] else 'lost'}: {kind} {each} was answered as {answered} and is {found}"


def _commanded(kind: str) -> str:
    """Rows that commands make, those of the founding and those made by reactions left out."""
    if kind == "Hazard":
        return "check_id IS NULL AND finding_id IS NULL"
    return f"NOT ({FOUNDED[kind]})" if kind in FOUNDED else "true"


def effects(rig: Rig, ledger: Ledger) -> Iterator[str]:
    """What follows in other services and by jobs has happened exactly once for each cause."""
    for kind, (service, query) in EFFECTS.items():
        wanted = {each for (each,) in ledger.rows("SELECT id FROM made WHERE kind = ?", kind)}
        found = Counter(str(each) for (each,) in rig.rows(service, query))
        yield from (f"lost: {kind} {each} never came" for each in wanted - found.keys())
        yield from (f"doubled: {kind} {each} is there {n} times" for each, n in found.items() if n > 1)
        yield from (f"nobody's: {kind} {each} has no cause" for each in found.keys() - wanted)


def inboxes(rig: Rig, ledger: Ledger) -> Iterator[str]:
    """Every subscriber has every event once that it has a use for, and is done with it; sequences have no gap."""
    wanted: dict[str, set[str]] = {service: set() for service in SERVICES}
    for service in SERVICES:
        for each, kind, data in rig.read(service, "SELECT id::text, type, data FROM outbox"):
            for name in SERVICES:
                if kind in named(name).reactions and is_wanted(named(name), kind, data):
                    wanted[name].add(each)
        numbers = "SELECT count(*), count(DISTINCT sequence), coalesce(min(sequence), 1), coalesce(max(sequence), 0) FROM outbox"
        count, distinct, first, last = rig.rows(service, numbers)[0]
        if not (count == distinct == last and first == 1):
            yield f"sequence of {service}: {count} events numbered {first} to {last}, {distinct} distinct"
    for service in SERVICES:
        rows = rig.rows(service, "SELECT id::text, done_at IS NOT NULL, parked_at IS NOT NULL, type FROM inbox")
        stored = Counter(each for each, *_ in rows)
        yield from (f"lost: {service} never got event {each}" for each in wanted[service] - stored.keys())
        yield from (f"doubled: {service} has event {each} {n} times" for each, n in stored.items() if n > 1)
        yield from (f"nobody's: {service} has event {each} that nobody sent" for each in stored.keys() - wanted[service])
        yield from (f"stuck: {service} has not acted on {kind} {each}" for each, done, _, kind in rows if not done)
    yield from (f"parked: {count} messages in the broker" for name, count in queues(rig).items() if name == "parked" and count)


def copies(rig: Rig, ledger: Ledger) -> Iterator[str]:
    """Every copy equals its owner at the owner's newest version."""
    for copy in COPIES:
        yield from _compare(rig, copy)


def _compare(rig: Rig, copy: Copy) -> Iterator[str]:
    kept = {row[0]: tuple(row[1:]) for row in rig.rows(copy.service, copy.kept)}
    owned = {row[0]: tuple(row[1:]) for row in rig.rows(copy.owner, copy.owned)}
    for each in kept.keys() | owned.keys():
        if kept.get(each) != owned.get(each):
            yield f"copy {copy.name}: {each} is {kept.get(each)} and its owner {owned.get(each)}"


def figures(rig: Rig, ledger: Ledger) -> Iterator[str]:
    """What is counted is what adding up anew gives."""
    with rig.database("stats").work(system("chaos"), "stats.recount") as work:
        found = recount(work)
    if found.differing or not found.cells:
        yield f"figures: {found.differing} of {found.cells} cells differ"


def audit_chains(rig: Rig, ledger: Ledger) -> Iterator[str]:
    for service in SERVICES:
        yield from (f"audit of {service}: {wrong}" for wrong in chain.verify(rig.database(service)))


JOINS: tuple[Callable[[Rig, Ledger], Iterator[str]], ...] = (
    commands_and_audit, owners, effects, inboxes, copies, figures, audit_chains,
)  # fmt: skip


def differences(rig: Rig, ledger: Ledger) -> list[str]:
    """Everything that is wrong."""
    return [f"{join.__name__}: {wrong}" for join in JOINS for wrong in join(rig, ledger)]
