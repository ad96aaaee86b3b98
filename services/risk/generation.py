"""Tasks are made from the lines of filed lists, batch by batch; their ids follow from their keys, so twice is once (rules 5.3)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.kernel import clock
from services.kernel.event import Fact
from services.kernel.work import Work
from services.risk.contract.events import CheckTaskState
from services.risk.domain.calendar import Calendar
from services.risk.domain.check_task import CheckTask
from services.risk.domain.events import CheckTaskGenerated
from services.risk.domain.frequency import LONG, Period
from services.risk.domain.risk_point import Status as PointStatus
from services.risk.domain.schedule import Ending, Plan, Split, Window, due_on, first_day
from services.risk.repository import settings
from services.risk.repository.keeping import announce
from services.risk.repository.references import RUNNING
from services.risk.tables import check_task, enterprise_ref, enterprise_stop, filed_line, risk_point

REST = "rest"  # Not a period: year and quarter lines filed yesterday, which get the rest of the running window.
KEPT_LINES = timedelta(days=40)  # Longer than a missed job makes up.
LATE, STOPPED = "系统补生成时检查时段已结束", "检查时段内企业停产停工"
Row = Mapping[str, Any]
_LINE = filed_line.c
_PLACE = ("enterprise_id", "region", "industry", "unit_id", "list_id", "point_id", "checker_id", "checker_unit_id", "checker_name")


def periods_on(day: date) -> list[str]:
    """The kinds of lines that may start a window on this day, so that no others are read."""
    longer = [Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR]
    return [Period.DAY, Period.WORKDAY, *(p for p in longer if first_day(p, day) == day), REST]


def generate(work: Work, day: date, period: str, after: str, batch: int) -> str | None:
    """Make one batch's tasks; where the next batch begins, or None at the end."""
    rows = work.session.execute(_select(day, period, after).limit(batch)).mappings().all()
    calendar = settings.calendar(work, [day.year])
    made = [pair for row in rows for pair in _tasks(work, dict(row), day, calendar)]
    _keep(work, made)
    return str(rows[-1]["id"]) if len(rows) == batch else None


def _select(day: date, period: str, after: str) -> sa.Select[Any]:
    """Lines of points in use at running enterprises, in the order of their ids."""
    joined = filed_line.join(risk_point, risk_point.c.id == _LINE.point_id)
    joined = joined.join(enterprise_ref, enterprise_ref.c.enterprise_id == _LINE.enterprise_id)
    joined = joined.outerjoin(enterprise_stop, enterprise_stop.c.enterprise_id == _LINE.enterprise_id)
    more = [risk_point.c.level, enterprise_stop.c.from_on, enterprise_stop.c.to_on]
    runs = sa.and_(risk_point.c.status == PointStatus.ACTIVE, enterprise_ref.c.status.in_(RUNNING))
    lasts = sa.or_(_LINE.ended_on.is_(None), _LINE.ended_on >= day)
    query = sa.select(*_LINE, *more).select_from(joined).where(runs, lasts).order_by(_LINE.id)
    if after:
        query = query.where(_LINE.id > after)
    if period != REST:
        return query.where(_LINE.period == period)
    return query.where(_LINE.has_rest_window, _LINE.filed_on == day - timedelta(days=1), _LINE.period.in_(LONG))


def _tasks(work: Work, row: Row, day: date, calendar: Calendar) -> list[tuple[CheckTask, Fact]]:
    made: list[tuple[CheckTask, Fact]] = []
    for due in due_on(_plan(row), day, calendar):
        if _stands(row, day):
            continue
        task = CheckTask(
            id=due.id, line_id=row["id"], level=row["level"], window_start=due.window.start, window_end=due.window.end,
            sequence=due.sequence, version=1, **{name: row[name] for name in _PLACE},
        )  # fmt: skip
        made.append((task, _first_fact(work, task, row)))
    return made


def _first_fact(work: Work, task: CheckTask, row: Row) -> Fact:
    """A window that has ended before its task could be made, or that meets a stop, asks nothing of anybody."""
    if task.window_end <= work.now:
        return task.exempt(LATE)
    if _meets_stop(row, task.window):
        return task.exempt(STOPPED)
    return CheckTaskGenerated()


def _stands(row: Row, day: date) -> bool:
    """Whether the enterprise stands still on the day."""
    return row["from_on"] is not None and row["from_on"] <= day and (row["to_on"] is None or day < row["to_on"])


def _meets_stop(row: Row, window: Window) -> bool:
    if row["from_on"] is None or window.end <= clock.start_of(row["from_on"]):
        return False
    return row["to_on"] is None or window.start < clock.start_of(row["to_on"])


def _plan(row: Row) -> Plan:
    same = ("list_id", "times", "filed_on", "span_start", "span_end", "has_rest_window", "ended_on")
    ending = Ending(row["ending"]) if row["ending"] else None
    kinds: dict[str, Any] = {"period": Period(row["period"]), "split": Split(row["split"]), "ending": ending}
    return Plan(line_id=row["id"], **{name: row[name] for name in same}, **kinds)


def _keep(work: Work, made: Sequence[tuple[CheckTask, Fact]]) -> None:
    """Insert what is not there yet, and announce that alone."""
    if not made:
        return
    columns = list(check_task.c.keys())
    rows = [{name: getattr(task, name) for name in columns} for task, _ in made]
    new = insert(check_task).on_conflict_do_nothing().returning(check_task.c.id)
    ids = set(work.session.scalars(new, rows))
    kept = [(task, fact) for task, fact in made if task.id in ids]
    announce(work, CheckTaskState, kept)
    if kept:
        work.note("check_task", {"generated": len(kept)})


def forget_lines(work: Work, day: date) -> None:
    """Lines that ended long ago make no task any more; the lists themselves keep them."""
    work.session.execute(sa.delete(filed_line).where(_LINE.ended_on < day - KEPT_LINES))
