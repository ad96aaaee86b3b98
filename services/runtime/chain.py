"""The audit chain checked: each seal against its row and the seal before, and heads of it that were kept elsewhere.

A head is the chain's last seal at some moment.  The chain shows every change inside it, but not that its end was cut off, nor
that all of it was made anew; a head kept where whoever can change the database cannot reach shows both.  Heads are kept as
signed checkpoints (``services.runtime.checkpoints``), and in the log.

It is gone through by spans, each a statement of its own that ends long before the database's limit, however long the chain is.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.kernel.audit import SEALER, START, TEXT
from services.kernel.tables import audit_seal
from services.kernel.work import Database

Head = tuple[int, str]
SHOWN = 100  # Of what is wrong.
SPAN = 20_000
FIRST_ID = "00000000-0000-0000-0000-000000000000"
# The predecessor of a span's first seal lies in the span before.
_BROKEN = sa.text(
    "SELECT s.number, s.number <> 1 AND p.number IS NULL AS is_cut FROM audit_seal s"
    " LEFT JOIN audit_seal p ON p.number = s.number - 1 AND p.number >= :first - 1 AND p.number < :first + :span"
    " LEFT JOIN audit a ON a.id = s.audit_id WHERE s.number >= :first AND s.number < :first + :span AND"
    " (a.id IS NULL OR (s.number <> 1 AND p.number IS NULL)"
    f" OR s.hash <> sha256(coalesce(p.hash, :start) || int8send(s.number) || convert_to({TEXT}, 'UTF8')))"
    " ORDER BY s.number LIMIT :shown"
)
_NEXT = sa.text("SELECT min(number) FROM audit_seal WHERE number >= :first")
_UNSEALED = sa.text(
    "SELECT count(*) AS seen, max(a.id::text) AS last, count(*) FILTER (WHERE s.audit_id IS NULL AND p.audit_id IS NULL) AS loose"
    " FROM (SELECT id FROM audit WHERE id > :after ORDER BY id LIMIT :span) a"
    " LEFT JOIN audit_seal s ON s.audit_id = a.id LEFT JOIN audit_pending p ON p.audit_id = a.id"
)


def verify(database: Database) -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing when every row is as it was sealed.  O(rows), in the database."""
    yield from islice(_broken(database), SHOWN)
    if unsealed := sum(_unsealed(database)):
        yield f"{unsealed} rows were added outside the chain"


def _broken(database: Database) -> Iterator[str]:
    first = -(2**62)
    while True:
        with database.work(SEALER, "verify", read_only=True) as work:
            first = work.session.execute(_NEXT, {"first": first}).scalar_one()
            if first is None:
                return
            span = {"first": first, "span": SPAN, "start": START, "shown": SHOWN}
            rows = work.session.execute(_BROKEN, span).all()
        for number, is_cut in rows:
            yield f"seal {number - 1} is missing" if is_cut else f"row of seal {number} was changed or removed"
        first += SPAN


def _unsealed(database: Database) -> Iterator[int]:
    after: str | None = FIRST_ID
    while after:
        with database.work(SEALER, "verify", read_only=True) as work:
            _, after, loose = work.session.execute(_UNSEALED, {"after": after, "span": SPAN}).one()
        yield loose


def head(database: Database) -> Head | None:
    """Number and hash of the last seal; None while nothing is sealed."""
    with database.work(SEALER, "head", read_only=True) as work:
        return last(work.session)


def last(session: Session) -> Head | None:
    query = sa.select(audit_seal.c.number, audit_seal.c.hash).order_by(audit_seal.c.number.desc()).limit(1)
    row = session.execute(query).first()
    return (row.number, bytes(row.hash).hex()) if row else None


def hash_at(session: Session, number: int) -> str | None:
    """What the chain holds at a number now."""
    found = session.scalar(sa.select(audit_seal.c.hash).where(audit_seal.c.number == number))
    return None if found is None else bytes(found).hex()


def missing(database: Database, kept: Iterable[Head]) -> Iterator[str]:
    """A sentence for each head that was kept and that the chain does not hold any more."""
    heads = list(kept)
    wanted = audit_seal.c.number.in_({number for number, _ in heads})
    with database.work(SEALER, "head", read_only=True) as work:
        query = sa.select(audit_seal.c.number, audit_seal.c.hash).where(wanted)
        held = {number: bytes(seal).hex() for number, seal in work.session.execute(query)}
    for number, seal in heads:
        if number not in held:
            yield f"seal {number} was cut off: it was the head once"
        elif held[number] != seal:
            yield f"the chain was made anew at or before seal {number}"


def written(found: Head) -> str:
    return f"{found[0]}:{found[1]}"


def read(text: str) -> Head:
    """Raises ValueError when this is no head."""
    number, _, seal = text.partition(":")
    return int(number), seal
