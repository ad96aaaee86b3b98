"""Enterprises by where they lie in their region, for the map.

The degrees stand in columns of their own: what is taken out of JSON by row-level security's rules is compared only once a row
has been read and let through, so that no index on such an expression would save reading all of a region.
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    columns = (
        f"ADD COLUMN {name} double precision GENERATED ALWAYS AS ((basic->>'{name}')::double precision) STORED"
        for name in ("longitude", "latitude")
    )
    run(f"ALTER TABLE enterprise {', '.join(columns)}")
    run("CREATE INDEX enterprise_on_map ON enterprise (region, longitude, latitude)"
        " WHERE longitude IS NOT NULL AND latitude IS NOT NULL")  # fmt: skip
