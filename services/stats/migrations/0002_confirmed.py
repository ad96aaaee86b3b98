"""Hazards that have been confirmed, counted on the day of their finding; older ones are added by a recount with repair."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for rollup in ("enterprise_figure", "region_figure"):
        op.get_bind().exec_driver_sql(f"ALTER TABLE {rollup} ADD COLUMN confirmed_count bigint NOT NULL DEFAULT 0")
