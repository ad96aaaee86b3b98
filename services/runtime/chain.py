"""The audit chain checked: each seal against its row and the seal before, and its heads.

A head is its last seal at some moment, kept where whoever can change the database cannot reach.

The chain shows every change inside it, but not that its end was cut off, nor that all of it was made anew; a head kept
elsewhere shows both.  Every hour each worker writes its head into the log, and ``operate <service> audit`` tells it too.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from services.kernel.audit import SEALER, START, TEXT
from services.kernel.tables import audit_seal
from services.kernel.work import Database

Head = tuple[int, str]
SHOWN = 100  # Of what is wrong.
_BROKEN = sa.text(
    "SELECT s.number, s.number > 1 AND p.number IS NULL AS is_cut FROM audit_seal s"
    " LEFT JOIN audit_seal p ON p.number = s.number - 1 LEFT JOIN audit a ON a.id = s.audit_id"
    " WHERE a.id IS NULL OR (s.number > 1 AND p.number IS NULL)"
    f" OR s.hash <> sha256(coalesce(p.hash, :start) || int8send(s.number) || convert_to({TEXT}, 'UTF8'))"
    " ORDER BY s.number LIMIT :shown"
)
_UNSEALED = sa.text(
    "SELECT count(*) FROM audit a WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = a.id)"
    " AND NOT EXISTS (SELECT FROM audit_pending p WHERE p.audit_id = a.id)"
)


def verify(database: Database) -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing when every row is as it was sealed.  O(rows), in the database."""
    with database.work(SEALER, "verify", read_only=True) as work:
        for number, is_cut in work.session.execute(_BROKEN, {"start": START, "shown": SHOWN}):
            yield f"seal {number - 1} is missing" if is_cut else f"row of seal {number} was changed or removed"
        if unsealed := work.session.execute(_UNSEALED).scalar_one():
            yield f"{unsealed} rows were added outside the chain"


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
