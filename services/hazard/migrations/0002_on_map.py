"""Open hazards by where they lie in their region, for the map."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        "CREATE INDEX hazard_on_map ON hazard (region, longitude, latitude) WHERE longitude IS NOT NULL AND latitude IS NOT NULL"
        " AND status NOT IN ('closed', 'closed_on_site', 'cancelled')"
    )
