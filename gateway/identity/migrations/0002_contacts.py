"""How people are reached and shown, what they go most, and roles out of use."""

from alembic import op

revision = "gateway_0002"
down_revision = "gateway_0001"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE account ADD COLUMN mobile text, ADD COLUMN email text, ADD COLUMN certificate_number text,"
        " ADD COLUMN avatar_id uuid, ADD COLUMN signature_id uuid, ADD COLUMN shortcuts text[] NOT NULL DEFAULT '{}'"
    )
    op.execute("ALTER TABLE role ADD COLUMN is_active boolean NOT NULL DEFAULT true")
