"""Every hour a signed checkpoint of the service's audit chain is announced, and the chain is checked.

The first of both is done when the worker starts.  Going through the chain takes at most a hundredth of the time: a pass that
has taken a minute is followed by the next one after a hundred.  What the database keeps of its own and other services'
checkpoints is compared every minute; all of it shows in metrics that call people (``ADR 0038``).
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prometheus_client import Gauge

from services.kernel import clock, ids, telemetry
from services.kernel.caller import system
from services.kernel.lease import Lease
from services.kernel.work import Database, Work
from services.runtime import chain
from services.trail.contract.checkpoints import Checkpoint, add, audit_checkpoint, contradictions, read, sealed, sign

AUDITOR = system("auditor")
HOUR, MINUTE, SOON = 3600.0, 60.0, 5.0  # Soon again, while nothing is sealed yet.
SHARE = 100  # A pass is followed by so many times its own length.
RECENT = timedelta(days=1)  # As long a contradiction is told by the metric; the operator's command looks at all there is.
NEVER = -1e9
FAULTS = Gauge("audit_faults", "What is wrong with the audit chain, by the last pass", ["service"])
PASS = Gauge("audit_pass_seconds", "How long the last pass over the audit chain took", ["service"])
CONTRADICTIONS = Gauge("audit_contradictions", "Checkpoints kept of the last day that contradict each other", ["service"])
AGE = Gauge("audit_checkpoint_age_seconds", "Age of the newest checkpoint kept", ["service"])


class Checkpointer:
    """The worker's step; one process a service makes checkpoints and passes, all of them measure."""

    def __init__(self, database: Database, key: Ed25519PrivateKey, holder: str | None = None) -> None:
        self._database = database
        self._key = key
        self._lease = Lease(database, "checkpoint", holder)
        self._measured = self._made = self._passed = NEVER
        self._pause = HOUR

    def step(self) -> int:
        """Do what is due; 0, since there is never more at once."""
        now, service = time.monotonic(), self._database.service
        if now - self._measured >= MINUTE:
            measure(self._database)
            self._measured = now
        if not self._lease.take():
            FAULTS.labels(service).set(0)  # Whoever holds the lease tells.
        elif now - self._made >= HOUR:
            self._made = now if self.make() else now - HOUR + SOON
        elif now - self._passed >= self._pause:
            self._pass()
            self._passed = time.monotonic()
        return 0

    def make(self) -> str | None:
        """Announce the chain as it stands, signed; None while nothing is sealed, or when another process has taken over."""
        with self._database.work(AUDITOR, "checkpoint") as work:
            if not (self._lease.take() and self._lease.holds(work.session) and (head := chain.last(work.session))):
                return None
            found = _next(work, self._database, head)
            token = sign(found, self._key)
            add(work, found, token)
            state = {"id": found.id, "region": work.deployment, "version": found.ordinal, "token": token}
            event = sealed(self._database.service)
            work.announce(event.type, found.id, work.deployment, {"state": state | _NOBODYS, "fact": {}})
        # The log goes where nobody who can change the database reaches.
        telemetry.log.info("audit_head", service=self._database.service, head=chain.written(head), ordinal=found.ordinal)
        return token

    def _pass(self) -> None:
        started, service = time.monotonic(), self._database.service
        wrong = [*chain.verify(self._database), *disowned(self._database)]
        seconds = time.monotonic() - started
        FAULTS.labels(service).set(len(wrong))
        PASS.labels(service).set(seconds)
        self._pause = max(HOUR, SHARE * seconds)
        if wrong:
            telemetry.log.error("audit_broken", service=service, faults=len(wrong), first=wrong[0])


_NOBODYS = {"enterprise_id": None, "industry": None}


def _next(work: Work, database: Database, head: chain.Head) -> Checkpoint:
    former = _former(work, database)
    before = chain.hash_at(work.session, former.number) if former else None
    ordinal, since = (former.ordinal + 1, former.number) if former else (1, 0)
    count = work.session.scalar(sa.text("SELECT count(*) FROM audit_seal WHERE number > :since"), {"since": since})
    return Checkpoint(ids.new_id(), database.source, ordinal, *head, int(count or 0), clock.now().isoformat(), before)


def _former(work: Work, database: Database) -> Checkpoint | None:
    """The newest that the service has signed.  O(1): no older one is read unless somebody has put others after it."""
    columns = audit_checkpoint.c
    query = sa.select(columns.token).where(columns.service == database.service)
    newest_first = query.order_by(columns.ordinal.desc(), columns.kept_at.desc()).execution_options(yield_per=10)
    for token in work.session.scalars(newest_first):
        with suppress(ValueError):
            return read(token, database.source)
    return None


def kept(database: Database, service: str | None = None, since: timedelta | None = None) -> list[tuple[str, str]]:
    """Service and token of checkpoints that this database keeps, in order."""
    columns = audit_checkpoint.c
    query = sa.select(columns.service, columns.token).order_by(columns.service, columns.ordinal, columns.kept_at)
    query = query.where(columns.service == service) if service else query
    query = query.where(columns.kept_at > sa.func.clock_timestamp() - since) if since else query
    with database.work(AUDITOR, "checkpoint", read_only=True) as work:
        return [(service, token) for service, token in work.session.execute(query)]


def compared(database: Database, since: timedelta | None = None) -> Iterator[tuple[str, list[Checkpoint], list[str]]]:
    """Of each service of which something is kept: its genuine checkpoints, and what is wrong with what is kept."""
    for service, rows in groupby(kept(database, since=since), key=lambda row: row[0]):
        genuine, wrong = genuine_of((token for _, token in rows), f"{database.deployment}/{service}")
        yield service, genuine, [*wrong, *contradictions(genuine)]


def genuine_of(tokens: Iterable[str], source: str) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints that the source has signed, each once, and a sentence for each token that it has not."""
    genuine: dict[str, Checkpoint] = {}
    wrong = []
    for token in tokens:
        try:
            found = read(token, source)
            genuine[found.id] = found
        except ValueError as error:
            wrong.append(str(error))
    return list(genuine.values()), wrong


def disowned(database: Database, tokens: Iterable[str] = ()) -> Iterator[str]:
    """What the service's own checkpoints, and those that were kept elsewhere, say against its chain and each other."""
    own = [token for _, token in kept(database, database.service)]
    genuine, wrong = genuine_of([*own, *tokens], database.source)
    yield from wrong
    yield from contradictions(genuine)
    yield from chain.missing(database, [(c.number, c.hash) for c in genuine])


def measure(database: Database) -> None:
    for service, genuine, wrong in compared(database, RECENT):
        CONTRADICTIONS.labels(service).set(len(wrong))
        if genuine:
            newest = max(genuine, key=_order)
            AGE.labels(service).set(clock.now().timestamp() - _moment(newest))


def _order(found: Checkpoint) -> tuple[int, str]:
    return found.ordinal, found.at


def _moment(found: Checkpoint) -> float:
    return datetime.fromisoformat(found.at).timestamp()
