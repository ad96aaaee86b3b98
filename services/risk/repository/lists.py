"""Risk lists and the lines of those that are filed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.kernel.event import Fact
from services.kernel.work import Work, absent
from services.risk.contract.events import RiskListState
from services.risk.domain.risk_list import RiskList, Status
from services.risk.domain.schedule import Ending, minutes
from services.risk.repository import scope
from services.risk.tables import filed_line, risk_list, risk_point


def find(work: Work, risk_list_id: str, lock: bool = True) -> RiskList:
    """The list in scope and unit; others see it once it has been filed."""
    found = work.find(RiskList, risk_list_id, "风险清单", lock)
    is_open = found.filed_at is not None or scope.acts_for(work.caller, found.enterprise_id)
    if not is_open or not scope.sees_unit(work, found.unit_id):
        raise absent(RiskList, "风险清单")
    return found


def find_own(work: Work, risk_list_id: str, version: int | None) -> RiskList:
    found = find(work, risk_list_id)
    scope.require_own(work, found.enterprise_id)
    work.expect(found, version)
    return found


def keep(work: Work, kept: RiskList, *facts: Fact) -> None:
    work.keep(kept, RiskListState, *facts)


def filed_of(work: Work, unit_id: str, lock: bool = False) -> RiskList | None:
    """The unit's list in force."""
    query = sa.select(RiskList).where(risk_list.c.unit_id == unit_id, risk_list.c.status == Status.FILED)
    return work.session.scalars(query.with_for_update() if lock else query).one_or_none()


def put_in_force(work: Work, kept: RiskList, rest: set[str]) -> None:
    """Write the lines from which tasks are made; ``rest`` are the points that get the rest of the running window."""
    owner = {name: getattr(kept, name) for name in ("enterprise_id", "region", "industry", "unit_id")}
    work.session.execute(sa.insert(filed_line), [owner | _row(kept, line, work.today, rest) for line in kept.lines])


def _row(kept: RiskList, line: Mapping[str, Any], today: date, rest: set[str]) -> dict[str, Any]:
    same = ("point_id", "period", "times", "split", "checker_id", "checker_unit_id", "checker_name")
    row = {name: line[name] for name in same} | {"id": line["line_id"], "list_id": kept.id, "filed_on": today}
    row |= {"span_start": minutes(line["span_start"]), "span_end": minutes(line["span_end"])}
    return row | {"has_rest_window": line["point_id"] in rest, "ended_on": None, "ending": None}


def end(work: Work, ended: RiskList, ending: Ending) -> None:
    """From today on the lines of this list make no more tasks."""
    lines = sa.update(filed_line).where(filed_line.c.list_id == ended.id, filed_line.c.ended_on.is_(None))
    work.session.execute(lines.values(ended_on=work.today, ending=ending))


def mark_filed(work: Work, point_ids: Iterable[str]) -> None:
    """Note on points whether they stand on a filed list now."""
    of = filed_line.c
    on_list = sa.exists().where(of.point_id == risk_point.c.id, of.ended_on.is_(None))
    wanted = sa.select(risk_point.c.id).where(risk_point.c.id.in_(list(point_ids))).order_by(risk_point.c.id).with_for_update()
    locked: Sequence[str] = work.session.scalars(wanted).all()
    work.session.execute(sa.update(risk_point).where(risk_point.c.id.in_(locked)).values(is_filed=on_list))
