"""How many rows each place has is known finely enough to plan by."""

from pathlib import Path

from alembic import op

revision, down_revision = "kernel_0002", "kernel_0001"


def upgrade() -> None:
    # The driver's own cursor: the script holds percent signs, which SQLAlchemy would read as parameters.
    op.get_bind().connection.cursor().execute((Path(__file__).parent / "0002_places.sql").read_text("utf-8"))
