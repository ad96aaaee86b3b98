"""Notices, their distribution and receipts, messages and who has read them, copies of enterprises and departments."""

from contextlib import closing
from pathlib import Path

from alembic import op

from services.enterprise.contract.reference import CREATE_1

revision = "0001"
down_revision = None


def upgrade() -> None:
    # The driver's own cursor: the script holds percent signs, which SQLAlchemy would read as parameters.
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute(CREATE_1)
        cursor.execute((Path(__file__).parent / "0001_initial.sql").read_text("utf-8"))
