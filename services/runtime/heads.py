"""Heads of the audit chain: its last seal at some moment, kept where whoever can change the database cannot reach.

The chain shows every change inside it, but not that its end was cut off, nor that all of it was made anew; a head kept
elsewhere shows both.  Every hour each worker writes its head into the log, and ``operate <service> audit`` tells it too.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from services.kernel.audit import SEALER
from services.kernel.tables import audit_seal
from services.kernel.work import Database

Head = tuple[int, str]


def head(database: Database) -> Head | None:
    """Number and hash of the last seal; None while nothing is sealed."""
    query = sa.select(audit_seal.c.number, audit_seal.c.hash).order_by(audit_seal.c.number.desc()).limit(1)
    with database.work(SEALER, "head", read_only=True) as work:
        row = work.session.execute(query).first()
    return (row.number, bytes(row.hash).hex()) if row else None


def missing(database: Database, kept: Iterable[Head]) -> Iterator[str]:
    """A sentence for each head that was kept and that the chain does not hold any more."""
    with database.work(SEALER, "head", read_only=True) as work:
        for number, seal in kept:
            found = work.session.scalar(sa.select(audit_seal.c.hash).where(audit_seal.c.number == number))
            if found is None:
                yield f"seal {number} was cut off: it was the head once"
            elif bytes(found).hex() != seal:
                yield f"the chain was made anew at or before seal {number}"


def written(found: Head) -> str:
    return f"{found[0]}:{found[1]}"


def read(text: str) -> Head:
    """Raises ValueError when this is no head."""
    number, _, seal = text.partition(":")
    return int(number), seal
