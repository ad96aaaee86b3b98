"""Many rows like one that a service made itself, each with something of its own."""

import sqlalchemy as sa

from services.kernel.caller import system
from services.kernel.work import Database

# What the database works out itself is not given to it.
GIVEN = sa.text(
    "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute"
    " WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
)


def spread(database: Database, table: str, one: str, count: int, own: str) -> None:
    """``own`` is a JSON object in SQL of what differs: ``id`` is the new row's, ``n`` its number, ``of`` the row that is copied."""
    copied = f"to_jsonb(of) || jsonb_build_object('id', m.id) || {own}"
    with database.work(system("tests"), "tests.spread") as work:
        columns = work.session.scalar(GIVEN, {"table": table})
        sql = (
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(f'made.{name}' for name in columns.split(', '))} FROM {table} of,"
            " LATERAL (SELECT n, gen_random_uuid() AS id FROM generate_series(1, :count) n) m,"
            f" LATERAL jsonb_populate_record(NULL::{table}, {copied}) made WHERE of.id = :one"
        )
        work.session.execute(sa.text(sql), {"one": one, "count": count})
