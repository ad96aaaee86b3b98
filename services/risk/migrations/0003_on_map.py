"""Filed points by where they lie in their region, for the map; they were kept by level, which the map no longer asks for alone."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run("CREATE INDEX risk_point_by_place ON risk_point (region, longitude, latitude)"
        " WHERE is_filed AND longitude IS NOT NULL AND latitude IS NOT NULL")  # fmt: skip
    run("DROP INDEX risk_point_on_map")
