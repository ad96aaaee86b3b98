"""Check items and tables, officers, inspections, legal documents; copies of enterprises and departments."""

from pathlib import Path

from alembic import op

from services.enterprise.contract.reference import CREATE_1

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(CREATE_1)
    op.get_bind().exec_driver_sql((Path(__file__).parent / "0001_initial.sql").read_text("utf-8"))
