"""Workers, with sealed numbers."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((Path(__file__).parent / "0005_worker.sql").read_text("utf-8"))
