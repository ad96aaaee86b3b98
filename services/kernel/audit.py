"""The audit trail's chain: one sealer a database gives each row its number and a SHA-256 over the row and the seal before.

Rows are written unsealed in the business transaction, since a chain inside it would put all writers in one queue.
The application's role can only add rows.
"""

import hashlib

import sqlalchemy as sa

from services.kernel.caller import system
from services.kernel.lease import Lease
from services.kernel.tables import audit_pending, audit_seal
from services.kernel.work import Database, Work

SEALER = system("sealer")
START = bytes(32)
BATCH = 500
TEXT = (  # What is sealed of a row.
    "jsonb_build_array(a.id, extract(epoch FROM a.at), a.operation, a.result, a.actor, a.actor_name, a.actor_kind, a.address,"
    " a.request_id, a.region, a.industry, a.enterprise_id, a.changes)::text"
)
_WAITING = sa.text(f"SELECT a.id, {TEXT} FROM audit_pending p JOIN audit a ON a.id = p.audit_id ORDER BY p.audit_id LIMIT :batch")
_LAST = sa.text("SELECT number, hash FROM audit_seal ORDER BY number DESC LIMIT 1")


def link(before: bytes, number: int, row: str) -> bytes:
    """The seal of row ``number``: it holds everything before it fast."""
    return hashlib.sha256(before + number.to_bytes(8, "big") + row.encode()).digest()


class Sealer:
    """Seals what waits, while it holds the lease."""

    def __init__(self, database: Database, holder: str | None = None) -> None:
        self._database = database
        self._lease = Lease(database, "sealer", holder)

    def step(self) -> int:
        """Seal one batch; how many rows."""
        with self._database.work(SEALER, "seal", read_only=True) as work:
            if work.session.execute(sa.select(audit_pending).limit(1)).first() is None:
                return 0
        if not self._lease.take():
            return 0
        with self._database.work(SEALER, "seal") as work:
            return self._seal(work) if self._lease.holds(work.session) else 0

    def _seal(self, work: Work) -> int:
        number, before = work.session.execute(_LAST).first() or (0, START)
        seals, before = [], bytes(before)
        for audit_id, row in work.session.execute(_WAITING, {"batch": BATCH}):
            number += 1
            before = link(before, number, row)
            seals.append({"number": number, "audit_id": audit_id, "hash": before})
        if seals:
            work.session.execute(sa.insert(audit_seal), seals)
            sealed = audit_pending.c.audit_id.in_([s["audit_id"] for s in seals])
            work.session.execute(sa.delete(audit_pending).where(sealed))
        return len(seals)
