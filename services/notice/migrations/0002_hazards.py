"""The copies of hazards and of organisation units, by which messages about hazards find those who may see them."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((Path(__file__).parent / "0002_hazards.sql").read_text("utf-8"))
