"""The unit into which an organisation unit was merged."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE org_unit ADD COLUMN merged_into_id uuid REFERENCES org_unit")
