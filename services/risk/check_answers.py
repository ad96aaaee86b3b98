"""Answers made of checks and tasks: names beside ids, and the items to be answered."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.kernel.contract import made
from services.kernel.work import Work
from services.risk.contract.tasks import Check as CheckAnswer
from services.risk.domain.check import Check
from services.risk.repository import tasks
from services.risk.tables import check_task, org_unit_ref, risk_list, risk_point

TASK = [
    *(column for column in check_task.c),
    risk_point.c.name.label("point_name"),
    risk_point.c.place,
    risk_point.c.is_proof_demanded,
    risk_point.c.token,
    org_unit_ref.c.name.label("unit_name"),
    risk_list.c.name.label("list_name"),
]


def select_tasks(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Tasks with the names of their points, units and lists."""
    joined = check_task.outerjoin(risk_point, risk_point.c.id == check_task.c.point_id)
    joined = joined.outerjoin(org_unit_ref, org_unit_ref.c.id == check_task.c.unit_id)
    joined = joined.outerjoin(risk_list, risk_list.c.id == check_task.c.list_id)
    return sa.select(*TASK).select_from(joined).where(*conditions)


def with_items(work: Work, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tasks with how often their points are checked, and with the items that are to be answered."""
    if not rows:
        return []
    lines = tasks.lines_of(work, ((row["list_id"], row["line_id"]) for row in rows))
    return [{**row, **_of_line(lines.get(row["line_id"]))} for row in rows]


def _of_line(line: Mapping[str, Any] | None) -> dict[str, Any]:
    if line is None:
        return {"period": None, "times": None, "items": []}
    return {"period": line["period"], "times": line["times"], "items": tasks.numbered(line["items"])}


def check(of: Check, task_status: str | None) -> dict[str, Any]:
    """One check with the state of its task."""
    found = {name: getattr(of, name) for name in made(CheckAnswer).fields.keys() - {"task_status"}}
    return found | {"task_status": task_status}
