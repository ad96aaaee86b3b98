"""The order of risk points by level."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((Path(__file__).parent / "0002_levels.sql").read_text("utf-8"))
