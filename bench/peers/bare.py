"""Bare Flask with SQLAlchemy: takes a hazard as JSON and writes its row; ``gunicorn bench.peers.bare:app``."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import uuid_utils
from flask import Flask, request

app = Flask("bare")
engine = sa.create_engine(os.environ["DATABASE_URL"], pool_size=20)
hazard = sa.Table("hazard", sa.MetaData(), autoload_with=engine)


def row(given: dict[str, Any]) -> dict[str, Any]:
    """The row of a hazard that has just been registered."""
    now = datetime.now(UTC)
    new_id = str(uuid_utils.uuid7())
    return given | {
        "id": new_id, "version": 1, "number": new_id, "source": "self_check", "status": "registered", "suspected_major": False,
        "photos": [], "found_at": now, "found_by": "bench", "found_by_name": "基准", "registered_at": now,
        "deadline_on": (now + timedelta(days=15)).date(), "extensions": 0, "after_photos": [], "attempts": 0,
        "is_report_late": False, "progress": 0, "is_acceptance_late": False, "listed": False,
    }  # fmt: skip


@app.post("/hazards")
def register() -> tuple[dict[str, Any], int]:
    values = row(request.get_json())
    with engine.begin() as connection:
        connection.execute(sa.insert(hazard), values)
    return values, 201


@app.get("/ready")
def ready() -> dict[str, Any]:
    return {}
