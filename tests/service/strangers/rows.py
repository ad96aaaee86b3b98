"""A fingerprint of what a stranger must not touch, and counts of everything, past all scopes."""

import sqlalchemy as sa

from services.kernel.caller import system
from services.kernel.tables import audit, idempotency, outbox
from tests.stage.objects import owned, tables_of
from tests.stage.world import Side, Stage

WATCHER = system("watcher")


# Tables that say whose a row is by other means than place and enterprise, or that keep a log of what is to be done.
PRIVATE = {"credential", "client_secret", "sign_in_day", "message_reading", "pending"}


def rows_but_of(stage: Stage, service: str, side: Side) -> dict[str, tuple[int, str]]:
    """Everything that is not this side's, the other's and everybody's, by table: how many rows, and a digest of all they hold."""
    parts = []
    for name, table in [*tables_of(service).items(), ("audit", audit)]:
        if name in PRIVATE:
            continue
        has_owner = {"enterprise_id", "region"} & set(table.c.keys())
        others = sa.func.coalesce(owned(table, side.region, side.enterprise_id), False).is_(False) if has_owner else sa.true()
        row = sa.func.md5(sa.cast(sa.literal_column(f'"{name}".*'), sa.Text))
        digest = sa.func.md5(sa.func.string_agg(row, sa.text("'' ORDER BY md5(CAST(" + f'"{name}".*' + " AS text))")))
        parts.append(sa.select(sa.literal(name), sa.func.count(), digest).select_from(table).where(others))
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        return {name: (count, digest) for name, count, digest in work.session.execute(sa.union_all(*parts))}


def counts_of(stage: Stage, service: str) -> dict[str, int]:
    """How many rows each table of the service has, what was announced and what was done among them; refusals apart."""
    wanted = [*tables_of(service).values(), outbox, idempotency]
    parts = [sa.select(sa.literal(table.name), sa.func.count()).select_from(table) for table in wanted]
    parts.append(sa.select(sa.literal("audit"), sa.func.count()).select_from(audit).where(audit.c.result == "done"))
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        return dict(map(tuple, work.session.execute(sa.union_all(*parts)).all()))
