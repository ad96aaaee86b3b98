"""The kernel's tables, the functions of row-level security, partitions by month."""

from pathlib import Path

from alembic import op

revision = "kernel_0001"
down_revision = None


def upgrade() -> None:
    # The driver's own cursor: the script holds percent signs, which SQLAlchemy would read as parameters.
    op.get_bind().connection.cursor().execute((Path(__file__).parent / "0001_kernel.sql").read_text("utf-8"))
