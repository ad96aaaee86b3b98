"""Check tasks and checks."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from services.kernel.caller import Caller
from services.kernel.event import Fact
from services.kernel.work import Work
from services.risk.contract.events import CheckState, CheckTaskState
from services.risk.domain.check import Check
from services.risk.domain.check_task import CheckTask, Status
from services.risk.repository import scope
from services.risk.repository.keeping import Kept, keep_all
from services.risk.tables import JSON, check_record, check_task, risk_list

_LINE = sa.func.jsonb_array_elements(risk_list.c.lines).table_valued(sa.column("value", JSON)).lateral("line")
_LINE_ID = _LINE.c.value["line_id"].astext
_LINES = (
    sa.select(_LINE_ID, _LINE.c.value)
    .select_from(risk_list.join(_LINE, sa.true()))
    .where(risk_list.c.id.in_(sa.bindparam("lists", expanding=True)), _LINE_ID.in_(sa.bindparam("lines", expanding=True)))
)


def mine(caller: Caller) -> sa.ColumnElement[bool]:
    """Tasks that ask for this person: by name, by his unit, or by nobody's name in his unit (or anywhere, when he has none)."""
    of = check_task.c
    nobody = sa.and_(of.checker_id.is_(None), of.checker_unit_id.is_(None))
    if caller.unit_id is None:
        return sa.or_(of.checker_id == caller.id, nobody)
    return sa.or_(of.checker_id == caller.id, of.checker_unit_id == caller.unit_id, sa.and_(nobody, of.unit_id == caller.unit_id))


def seen(work: Work) -> sa.ColumnElement[bool]:
    """What lies in the caller's scope and unit, and what asks for him wherever it lies."""
    in_unit: sa.ColumnElement[bool] = scope.in_unit(work.caller, check_task.c.unit_id)
    if scope.is_bound(work.caller) and work.caller.unit_id is not None:
        in_unit = sa.or_(in_unit, mine(work.caller))
    return sa.and_(work.within(check_task), in_unit)


def find(work: Work, check_task_id: str, lock: bool = True) -> CheckTask:
    return work.find(CheckTask, check_task_id, "检查任务", lock, seen(work))


def keep(work: Work, task: CheckTask, fact: Fact) -> None:
    work.keep(task, CheckTaskState, fact)


def keep_many(work: Work, kept: Kept, what: str) -> None:
    keep_all(work, CheckTaskState, kept, what)


def lock_check(work: Work, check_id: str) -> None:
    """Let two arrivals of one check wait for each other; the lock ends with the transaction."""
    work.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(check_id, 0))))


def find_check_by(work: Work, check_id: str) -> Check | None:
    """The check of this id in the caller's scope, if it has arrived."""
    query = sa.select(Check).where(check_record.c.id == check_id, work.within(check_record))
    return work.session.scalars(query).one_or_none()


def status_of(work: Work, check: Check) -> str | None:
    """The present state of the task for which a check was made, if for any."""
    query = sa.select(check_task.c.status).where(check_task.c.id == check.task_id)
    return work.session.scalar(query) if check.task_id else None


def keep_check(work: Work, check: Check, facts: Sequence[Fact]) -> None:
    """Save a check and announce each item that failed."""
    work.keep(check, CheckState, *facts)


def pending(work: Work, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[CheckTask]:
    """Open tasks under some condition, locked; the next to end first."""
    query = sa.select(CheckTask).where(check_task.c.status == Status.PENDING, *conditions)
    query = query.order_by(check_task.c.window_end, check_task.c.id).limit(limit)
    return list(work.session.scalars(query.with_for_update()))


def lines_of(work: Work, lines: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """The lines of lists that tasks are made of, given as (list, line); read in one query."""
    asked = set(lines)
    wanted = {"lists": list({list_id for list_id, _ in asked}), "lines": list({line for _, line in asked})}
    return dict(work.session.execute(_LINES, wanted).tuples().all())


def items_of(work: Work, task: CheckTask) -> list[dict[str, Any]]:
    """The numbered check items of a task."""
    line = lines_of(work, [(task.list_id, task.line_id)]).get(task.line_id)
    return numbered(line["items"]) if line else []


def numbered(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a line or point with the numbers by which they are answered."""
    return [
        {"item_no": n, "item": i["item"], "standard": i.get("standard"), "is_mandatory": bool(i.get("mandatory_id"))}
        for n, i in enumerate(items, start=1)
    ]
