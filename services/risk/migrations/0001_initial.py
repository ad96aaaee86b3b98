"""Risk points and their assessments, lists, tasks, checks, what governments set, and copies of enterprises and units."""

from contextlib import closing
from pathlib import Path

from alembic import op

from services.enterprise.contract.reference import CREATE_1

revision = "0001"
down_revision = None


def upgrade() -> None:
    # The driver's own cursor: the script holds percent signs and colons, which SQLAlchemy would read as parameters.
    with closing(op.get_bind().connection.cursor()) as cursor:
        cursor.execute(CREATE_1)
        cursor.execute((Path(__file__).parent / "0001_initial.sql").read_text("utf-8"))
