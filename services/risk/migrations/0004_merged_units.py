"""Which units were merged into which, and whether all that was theirs has followed."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE org_unit_ref ADD COLUMN merged_into_id uuid, ADD COLUMN followed_at timestamptz")
    op.execute("CREATE INDEX org_unit_ref_to_follow ON org_unit_ref (id) WHERE merged_into_id IS NOT NULL AND followed_at IS NULL")
