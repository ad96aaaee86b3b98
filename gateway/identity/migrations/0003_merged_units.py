"""Organisation units that were merged, and into which."""

from alembic import op

revision = "gateway_0003"
down_revision = "gateway_0002"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE merged_unit (id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, into_id uuid NOT NULL,"
        " version integer NOT NULL)"
    )
    op.execute("CREATE INDEX merged_unit_of ON merged_unit (enterprise_id, id)")
    op.execute("SELECT app.protect('merged_unit', industry => false)")
