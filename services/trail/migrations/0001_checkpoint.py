"""Checkpoints of audit chains, to which the application only adds."""

from pathlib import Path

from alembic import op

revision = "trail_0001"
down_revision = None


def upgrade() -> None:
    # The driver's own cursor: the script holds percent signs, which SQLAlchemy would read as parameters.
    op.get_bind().connection.cursor().execute((Path(__file__).parent / "0001_checkpoint.sql").read_text("utf-8"))
