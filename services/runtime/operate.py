"""``python -m services.runtime.operate <service> <what>``: what an operator does by hand, in one service's database.

``parked`` shows events that were given up after ten tries; ``rerun [type]`` gives them their tries back after a repair;
``audit [- | kept ...]`` checks the sealed chain of the audit trail, and that it still holds what was kept elsewhere: heads from
the log, or checkpoints, which ``checkpoints <service>`` tells where they are kept and ``-`` reads from the standard input;
``restored <hours>`` follows the restoring of a backup: the source begins a new epoch and announces again what it announced
in those hours, which receivers that have it pass over.
"""

import sys
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from services.kernel import clock
from services.kernel.caller import system
from services.kernel.tables import deployment, inbox, outbox
from services.kernel.work import Database
from services.runtime import chain, checkpoints
from services.runtime.settings import settings

OPERATOR = system("operator")
SHOWN = 50
_RERUN = sa.text(
    "UPDATE inbox SET parked_at = NULL, attempts = 0, next_at = now() WHERE parked_at IS NOT NULL AND type LIKE :type RETURNING id"
)


def parked(database: Database) -> list[str]:
    """A line for each kind of parked event, then the newest of them with the reason of the last failure."""
    columns = inbox.c
    is_parked = columns.parked_at.is_not(None) & columns.done_at.is_(None)
    counted = sa.select(columns.type, sa.func.count()).where(is_parked).group_by(columns.type).order_by(columns.type)
    newest = sa.select(columns.id, columns.type, columns.subject, columns.parked_at, columns.error).where(is_parked)
    with database.work(OPERATOR, "operate.parked", read_only=True) as work:
        kinds = work.session.execute(counted).all()
        rows = work.session.execute(newest.order_by(columns.parked_at.desc(), columns.id.desc()).limit(SHOWN)).all()
    lines = [f"{kind}: {count} parked" for kind, count in kinds] or ["nothing is parked"]
    return lines + [f"{r.parked_at:%Y-%m-%d %H:%M} {r.type} {r.subject} {r.id}\n    {r.error}" for r in rows]


def rerun(database: Database, event_type: str = "%") -> int:
    """Give parked events (of one type, or ``%``) their tries back, after a repair; how many."""
    with database.work(OPERATOR, "operate.rerun") as work:
        ids = work.session.execute(_RERUN, {"type": event_type}).scalars().all()
        work.note("inbox", {"rerun": list(ids)})
    return len(ids)


def restored(database: Database, hours: float) -> list[str]:
    """Begin a new epoch, and announce the last hours again; receivers know by the ids what they have."""
    with database.work(OPERATOR, "operate.restored") as work:
        mine = deployment.c.source == database.source
        work.session.execute(sa.update(deployment).where(mine).values(epoch=deployment.c.epoch + 1, sequence=0))
        again = outbox.c.sent_at.is_not(None) & (outbox.c.time > clock.now() - timedelta(hours=hours))
        count: int = work.session.execute(sa.update(outbox).where(again).values(sent_at=None)).rowcount  # type: ignore[attr-defined]
        work.note("deployment", {"restored": database.source, "announced_again": count})
    return [f"a new epoch has begun; {count} announcements are sent again"]


def audit(database: Database, *kept: str) -> list[str]:
    """What is wrong with the chain, or with it before what was kept elsewhere; the program then ends with 1."""
    given = [line.strip() for line in sys.stdin if line.strip()] if kept == ("-",) else list(kept)
    if kept and not given:
        raise SystemExit("no checkpoints were given")
    heads = [chain.read(each) for each in given if ":" in each]
    tokens = [each for each in given if ":" not in each]
    others = [line for service, _, lines in checkpoints.compared(database) if service != database.service for line in lines]
    own = [*checkpoints.disowned(database, tokens), *chain.missing(database, heads)]
    wrong = [*chain.verify(database), *own, *others]
    if wrong:
        raise SystemExit("\n".join(wrong))
    found = chain.head(database)
    return ["the audit chain is intact", *([f"keep its head elsewhere: {chain.written(found)}"] if found else [])]


COMMANDS: dict[str, Callable[..., list[str]]] = {
    "parked": parked,
    "rerun": lambda database, kind="%": [f"{rerun(database, kind)} events run again"],
    "audit": audit,
    "checkpoints": lambda database, service: [token for _, token in checkpoints.kept(database, service)],
    "restored": lambda database, hours: restored(database, float(hours)),
}


def main(arguments: list[str]) -> None:
    if len(arguments) < 2 or arguments[1] not in COMMANDS:
        raise SystemExit(f"say: python -m services.runtime.operate <service> {' | '.join(COMMANDS)}")
    service, what, *rest = arguments
    for line in COMMANDS[what](settings().database(service), *rest):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
