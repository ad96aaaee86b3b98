"""Notices for everybody (对外公开)."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((Path(__file__).parent / "0003_public.sql").read_text("utf-8"))
