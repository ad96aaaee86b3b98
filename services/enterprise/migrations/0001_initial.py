"""Enterprises, their history, changes and suspensions, licences with editions, organisation units."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql((Path(__file__).parent / "0001_initial.sql").read_text("utf-8"))
