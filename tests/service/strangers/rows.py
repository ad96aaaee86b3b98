"""A fingerprint of everything one side owns in one service's database, past all scopes."""

import sqlalchemy as sa

from services.kernel.caller import system
from services.kernel.tables import audit, idempotency, outbox
from tests.stage.objects import owned, tables_of
from tests.stage.world import Side, Stage

WATCHER = system("watcher")


def rows_of(stage: Stage, service: str, side: Side) -> dict[str, tuple[int, str]]:
    """Per table: how many rows, and a digest of all they hold."""
    parts = []
    for name, table in [*tables_of(service).items(), ("audit", audit)]:
        if not {"enterprise_id", "region"} & set(table.c.keys()):
            continue
        row = sa.func.md5(sa.cast(sa.literal_column(f'"{name}".*'), sa.Text))
        digest = sa.func.md5(sa.func.string_agg(row, sa.text("'' ORDER BY md5(CAST(" + f'"{name}".*' + " AS text))")))
        parts.append(
            sa.select(sa.literal(name), sa.func.count(), digest)
            .select_from(table)
            .where(owned(table, side.region, side.enterprise_id))
        )
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        return {name: (count, digest) for name, count, digest in work.session.execute(sa.union_all(*parts))}


def counts_of(stage: Stage, service: str) -> dict[str, int]:
    """How many rows each table of the service has, what was announced and what was done among them; refusals apart."""
    wanted = [*tables_of(service).values(), outbox, idempotency]
    parts = [sa.select(sa.literal(table.name), sa.func.count()).select_from(table) for table in wanted]
    parts.append(sa.select(sa.literal("audit"), sa.func.count()).select_from(audit).where(audit.c.result == "done"))
    with stage.parts[service][1].work(WATCHER, "watch", read_only=True) as work:
        return dict(map(tuple, work.session.execute(sa.union_all(*parts)).all()))
