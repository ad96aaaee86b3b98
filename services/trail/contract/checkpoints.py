"""Signed checkpoints of audit chains (审计链检查点): how one is written, announced, kept and compared with others.

A checkpoint is the last seal of a service's chain at some moment, signed with the service's own key, which lies outside of its
database.  It also tells what the chain holds now where the checkpoint before it stood: who has made a chain anew, or has cut its
end off, cannot let it go on without contradicting what is kept elsewhere.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise

import jwt
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from environs import Env
from prometheus_client import Counter
from sqlalchemy.dialects.postgresql import UUID, insert

from services.kernel import telemetry
from services.kernel.contract import EventType
from services.kernel.event import Event
from services.kernel.tables import table
from services.kernel.work import Work
from services.language.fields import identifier, number_of, shown
from services.language.schema import Schema

REFUSED = Counter("audit_checkpoints_refused", "Checkpoints that were not signed by the service they speak for", ["service"])
# Of the service itself, which so knows what it said last, and of those for which this database is the place elsewhere.
audit_checkpoint = table(
    sa.MetaData(), "audit_checkpoint", id=UUID(as_uuid=False), service=sa.Text(), ordinal=sa.BigInteger(),
    kept_at=sa.DateTime(timezone=True), token=sa.Text(),
)  # fmt: skip


@dataclass(frozen=True)
class Checkpoint:
    """The ``ordinal``-th of a source: number and hash of its last seal, how many seals are new, and ``before``: the hash that
    the chain holds, now, where the checkpoint before this one stood; None for the first, or when that seal is gone."""

    id: str
    source: str
    ordinal: int
    number: int
    hash: str
    count: int
    at: str
    before: str | None


class CheckpointState(Schema):
    """``version`` is the ordinal; ``token`` holds all of it, signed."""

    id = identifier("编号")
    enterprise_id = identifier("企业", allow_none=True)
    region = shown("行政区划")
    industry = shown("行业", allow_none=True)
    version = number_of("序号")
    token = shown("签名")


@cache
def sealed(service: str) -> EventType:
    """How a service announces its checkpoints; a name of its own for each, since reactions are found by it."""
    return EventType(service, f"trail.{service}_sealed.v1", CheckpointState)


def service_of(event_type: str) -> str:
    return event_type.removeprefix("trail.").removesuffix("_sealed.v1")


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    return jwt.encode(asdict(checkpoint), key, "EdDSA")


def read(token: str, source: str) -> Checkpoint:
    """The checkpoint of a source; ValueError when none of its keys has signed this."""
    for key in _keys(Env().str("AUDIT_PUBLIC_KEYS", "{}")).get(source.rpartition("/")[2], []):
        try:
            found = Checkpoint(**jwt.decode(token, key, ["EdDSA"]))
        except (jwt.PyJWTError, TypeError):
            continue
        if found.source == source:
            return found
    raise ValueError(f"this is no checkpoint of {source}")


@cache
def _keys(text: str) -> dict[str, list[Ed25519PublicKey]]:
    """A service has several while an old key is given up."""
    found = {service: [load_pem_public_key(pem.encode()) for pem in pems] for service, pems in json.loads(text).items()}
    return {service: [key for key in keys if isinstance(key, Ed25519PublicKey)] for service, keys in found.items()}


def add(work: Work, checkpoint: Checkpoint, token: str) -> None:
    """Keep it, once."""
    row = {"id": checkpoint.id, "service": checkpoint.source.rpartition("/")[2], "ordinal": checkpoint.ordinal}
    work.session.execute(insert(audit_checkpoint).values(**row, token=token).on_conflict_do_nothing())


def keep(work: Work, event: Event, token: str) -> None:
    """Keep what a service has announced.  What it has not signed fails, and so stays with the operators."""
    service = service_of(event.type)
    try:
        add(work, read(token, f"{work.deployment}/{service}"), token)
    except ValueError:
        REFUSED.labels(service).inc()
        telemetry.log.error("checkpoint_refused", service=service, event_id=event.id)
        raise


def contradictions(kept: Iterable[Checkpoint]) -> Iterator[str]:
    """What the checkpoints of one source say against each other, in whichever order they came."""
    for before, after in pairwise(sorted(kept, key=lambda c: (c.ordinal, c.at))):
        if after.ordinal == before.ordinal:
            yield f"{after.source}: checkpoint {after.ordinal} was made twice, for seals {before.number} and {after.number}"
        elif after.ordinal > before.ordinal + 1:
            yield f"{after.source}: checkpoints {before.ordinal + 1} to {after.ordinal - 1} are missing"
        elif after.before != before.hash:
            yield f"{after.source}: the chain was cut or made anew at or before seal {before.number}"
