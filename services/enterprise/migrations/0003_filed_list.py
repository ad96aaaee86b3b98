"""Which risk lists are in force, by unit."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE filed_list (id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text,"
        " unit_id uuid NOT NULL, name text NOT NULL, is_filed boolean NOT NULL, version integer NOT NULL)"
    )
    op.execute("CREATE INDEX filed_list_of_unit ON filed_list (unit_id) WHERE is_filed")
    op.execute("CREATE INDEX filed_list_of ON filed_list (enterprise_id, id)")
    op.execute("SELECT app.protect('filed_list')")
