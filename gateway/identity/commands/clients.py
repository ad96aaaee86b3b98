"""API clients: entered with an owner, a purpose, an end, permissions and a scope."""

from typing import Any

import sqlalchemy as sa

from gateway.contract import clients as contract
from gateway.identity import repository
from gateway.identity.authority import require_may_give
from gateway.identity.domain import scope as scopes
from gateway.identity.domain.client import OLD_SECRET_LASTS, Client
from gateway.identity.hashing import digest
from gateway.identity.tables import client_secret
from services.kernel import clock, ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_CLIENT)
def create_client(work: Work, id: str | None = None, **values: Any) -> dict[str, Any]:
    client = Client(id or ids.new_id(), **values)
    _require_sound(work, client)
    repository.keep_client(work, client)
    return _with_secret(work, client)


@handles(contract.CHANGE_CLIENT)
def change_client(work: Work, client_id: str, version: int | None = None, **values: Any) -> Client:
    client = repository.find_client(work, client_id)
    work.expect(client, version)
    for name, value in values.items():
        setattr(client, name, value)
    _require_sound(work, client)
    repository.keep_client(work, client)
    return client


@handles(contract.ADD_SECRET)
def add_client_secret(work: Work, client_id: str) -> dict[str, Any]:
    """The old secret goes on for a day, so that its owner can change over without a failed call."""
    client = repository.find_client(work, client_id)
    mine = client_secret.c.client_id == client.id
    last = work.now + OLD_SECRET_LASTS
    newest = sa.select(client_secret.c.id).where(mine).order_by(client_secret.c.id.desc()).limit(1)
    work.session.execute(sa.delete(client_secret).where(mine, client_secret.c.id.not_in(newest)))
    shorter = sa.func.least(client_secret.c.valid_until, last)
    work.session.execute(sa.update(client_secret).where(mine).values(valid_until=shorter))
    return _with_secret(work, client)


def _require_sound(work: Work, client: Client) -> None:
    client.require_sound(work.today)
    require_may_give(work, client.permissions)
    scopes.require_within(work.caller.scope, client.scope)


def _with_secret(work: Work, client: Client) -> dict[str, Any]:
    secret = ids.token(43)
    row = {"id": ids.new_id(), "client_id": client.id, "digest": digest(secret), "valid_until": clock.end_of(client.expires_on)}
    work.session.execute(sa.insert(client_secret), row)
    work.note(f"client_secret:{client.id}", {"added": row["id"]})
    return {name: getattr(client, name) for name in Client.__dataclass_fields__} | {"client_secret": secret}
