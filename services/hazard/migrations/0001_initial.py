"""Hazards with their history, listings for supervision, and the copies of enterprises, units and risk points."""

from pathlib import Path

from alembic import op

from services.enterprise.contract.reference import CREATE_1

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql(CREATE_1)
    connection.exec_driver_sql((Path(__file__).parent / "0001_initial.sql").read_text("utf-8"))
