"""Tasks and checks: lists, counts for the home page, and the sheets that a device takes along."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from services.kernel import clock
from services.kernel.service import handles
from services.kernel.work import Work, absent
from services.risk import check_answers
from services.risk.contract import tasks as contract
from services.risk.domain.check import Check
from services.risk.domain.check_task import CheckTask, Status
from services.risk.queries import filters as shared
from services.risk.repository import scope, tasks
from services.risk.tables import check_record, check_task

_TASK, _CHECK = check_task.c, check_record.c
_ROW = [_CHECK[name] for name in contract.CheckRow().fields if name in _CHECK]


@handles(contract.LIST_CHECK_TASKS)
def list_check_tasks(
    work: Work, limit: int, cursor: str | None, sort: str, on: date | None, is_mine: bool, **filters: Any
) -> dict[str, Any]:
    """Tasks by the start of their window, which stands in their id."""
    query = check_answers.select_tasks(tasks.seen(work), *shared.chosen(check_task, filters))
    if on is not None:
        query = query.where(_TASK.window_start < clock.end_of(on), _TASK.window_end > clock.start_of(on))
    if is_mine:
        query = query.where(tasks.mine(work.caller))
    found = shared.page(work, query, _TASK.id, limit, cursor, sort)
    return found | {"items": check_answers.with_items(work, found["items"])}


@handles(contract.LIST_CHECK_SHEETS)
def list_check_sheets(work: Work, limit: int, cursor: str | None, sort: str, is_mine: bool) -> dict[str, Any]:
    """Open tasks with their items, for a device that goes offline."""
    query = check_answers.select_tasks(tasks.seen(work), _open(work))
    if is_mine:
        query = query.where(tasks.mine(work.caller))
    found = shared.page(work, query, _TASK.id, limit, cursor, sort)
    return found | {"items": check_answers.with_items(work, found["items"])}


@handles(contract.GET_CHECK_TASK)
def get_check_task(work: Work, check_task_id: str) -> dict[str, Any]:
    rows = work.session.execute(check_answers.select_tasks(tasks.seen(work), _TASK.id == check_task_id)).mappings().all()
    if not rows:
        raise absent(CheckTask, "检查任务")
    found = check_answers.with_items(work, [dict(row) for row in rows])[0]
    return found if scope.acts_for(work.caller, found["enterprise_id"]) else found | {"token": None}


@handles(contract.COUNT_CHECK_TASKS)
def count_check_tasks(work: Work) -> dict[str, Any]:
    """The caller's own: open now, checked today, missed with the windows that ended by last midnight."""
    today, yesterday = clock.start_of(work.today), clock.start_of(work.today - timedelta(days=1))
    own = sa.and_(tasks.seen(work), tasks.mine(work.caller), _own(work))
    done = sa.and_(_TASK.status.in_((Status.DONE, Status.DONE_LATE)), _TASK.done_at >= today)
    missed = sa.and_(_TASK.status == Status.MISSED, _TASK.window_end > yesterday, _TASK.window_end <= today)
    counts = {"pending": _open(work), "done_today": done, "missed_yesterday": missed}
    queries = {name: sa.select(sa.func.count()).select_from(check_task).where(own, which) for name, which in counts.items()}
    return {name: work.session.scalar(query) for name, query in queries.items()}


@handles(contract.LIST_CHECKS)
def list_checks(
    work: Work, limit: int, cursor: str | None, sort: str, q: str | None, is_failed: bool, **filters: Any
) -> dict[str, Any]:
    query = sa.select(*_ROW).where(_seen(work), *shared.chosen(check_record, filters))
    if is_failed:
        query = query.where(_CHECK.failed_count > 0)
    if q:
        query = query.where(_CHECK.point_name.icontains(q, autoescape=True))
    return shared.page(work, query, _CHECK.id, limit, cursor, sort)


@handles(contract.GET_CHECK)
def get_check(work: Work, check_id: str) -> dict[str, Any]:
    found = work.find(Check, check_id, "检查记录", False, _seen(work))
    return check_answers.check(found, tasks.status_of(work, found))


def _open(work: Work) -> sa.ColumnElement[bool]:
    return sa.and_(_TASK.status == Status.PENDING, _TASK.window_start <= work.now, _TASK.window_end > work.now)


def _own(work: Work) -> sa.ColumnElement[bool]:
    """Whoever has no enterprise has no tasks of his own."""
    return _TASK.enterprise_id == work.caller.enterprise_id if work.caller.enterprise_id else sa.false()


def _seen(work: Work) -> sa.ColumnElement[bool]:
    """In scope and unit, and what the caller has checked himself wherever it lies."""
    in_unit: sa.ColumnElement[bool] = scope.in_unit(work.caller, _CHECK.unit_id)
    if scope.is_bound(work.caller):
        in_unit = sa.or_(in_unit, _CHECK.checked_by == work.caller.id)
    return sa.and_(work.within(check_record), in_unit)
