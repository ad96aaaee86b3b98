"""The tables that the kernel keeps in every service's database (made by ``migrations``)."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = sa.MetaData()
_id = UUID(as_uuid=False)
_moment = sa.DateTime(timezone=True)


def table(of: sa.MetaData, table_name: str, keys: str = "id", /, **columns: Any) -> sa.Table:
    """A table as its columns by name and type; what else the database knows of it stands in the migrations alone."""
    primary = keys.split()
    return sa.Table(table_name, of, *(sa.Column(name, kind, primary_key=name in primary) for name, kind in columns.items()))


_table = partial(table, metadata)
outbox = _table(
    "outbox", "id", position=sa.BigInteger(), id=_id, type=sa.Text(), subject=sa.Text(), region=sa.Text(), time=_moment,
    actor=sa.Text(), request_id=sa.Text(), data=JSONB(), epoch=sa.Integer(), sequence=sa.BigInteger(), sent_at=_moment,
)  # fmt: skip
inbox = _table(
    "inbox", "id", id=_id, source=sa.Text(), type=sa.Text(), subject=sa.Text(), region=sa.Text(), time=_moment,
    actor=sa.Text(), request_id=sa.Text(), data=JSONB(), epoch=sa.Integer(), sequence=sa.BigInteger(),
    lane=sa.SmallInteger(), received_at=_moment, done_at=_moment, attempts=sa.SmallInteger(), next_at=_moment,
    error=sa.Text(), parked_at=_moment,
)  # fmt: skip
audit = _table(
    "audit", "id", id=_id, at=_moment, operation=sa.Text(), result=sa.Text(), actor=sa.Text(), actor_name=sa.Text(),
    actor_kind=sa.Text(), address=sa.Text(), request_id=sa.Text(), region=sa.Text(), industry=sa.Text(),
    enterprise_id=_id, changes=JSONB(),
)  # fmt: skip
audit_pending = _table("audit_pending", "audit_id", audit_id=_id)
audit_seal = _table("audit_seal", "number", number=sa.BigInteger(), audit_id=_id, hash=sa.LargeBinary())
idempotency = _table(
    "idempotency", "caller key", caller=sa.Text(), key=sa.Text(), operation=sa.Text(), digest=sa.Text(), answer=JSONB(), at=_moment
)
number = _table("number", "series", series=sa.Text(), last=sa.BigInteger())
lease = _table("lease", "name", name=sa.Text(), holder=sa.Text(), fence=sa.BigInteger(), until=_moment)
lane = _table("lane", "lane", lane=sa.SmallInteger())
deployment = _table("deployment", "source", source=sa.Text(), epoch=sa.Integer(), sequence=sa.BigInteger())
job_run = _table("job_run", "job day", job=sa.Text(), day=sa.Date(), done_at=_moment)
catalogue = _table(
    "catalogue", "name code version", name=sa.Text(), code=sa.Text(), version=sa.Text(), position=sa.Integer(),
    effective_from=sa.Date(), effective_to=sa.Date(), data=JSONB(),
)  # fmt: skip
