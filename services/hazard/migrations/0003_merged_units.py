"""Which units were merged into which, whether what was open there has followed, and where such hazards were found."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE hazard ADD COLUMN found_unit_id uuid")
    op.execute("ALTER TABLE org_unit_ref ADD COLUMN merged_into_id uuid, ADD COLUMN followed_at timestamptz")
    op.execute("CREATE INDEX org_unit_ref_to_follow ON org_unit_ref (id) WHERE merged_into_id IS NOT NULL AND followed_at IS NULL")
