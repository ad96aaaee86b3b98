"""Risk points, their assessments and categories."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm.attributes import get_history

from services.kernel import ids
from services.kernel.event import Fact
from services.kernel.tables import number as series
from services.kernel.work import Work, absent
from services.risk.contract.events import RiskPointState
from services.risk.domain.category import Category
from services.risk.domain.risk_point import RiskPoint
from services.risk.repository import scope
from services.risk.repository.keeping import Kept, keep_all
from services.risk.tables import filed_line, risk_assessment, risk_list, risk_point


def find(work: Work, risk_point_id: str, lock: bool = True) -> RiskPoint:
    """The point in scope and unit; others see it once it stands on a filed list."""
    found = work.find(RiskPoint, risk_point_id, "风险点", lock)
    if not (found.is_filed or scope.acts_for(work.caller, found.enterprise_id)) or not scope.sees_unit(work, found.unit_id):
        raise absent(RiskPoint, "风险点")
    return found


def find_own(work: Work, risk_point_id: str, version: int | None) -> RiskPoint:
    """A point of the caller's own enterprise, to be changed."""
    found = find(work, risk_point_id)
    scope.require_own(work, found.enterprise_id)
    work.expect(found, version)
    return found


def find_many(work: Work, point_ids: Sequence[str]) -> list[RiskPoint]:
    """The points of these ids that the caller may change, locked in the order of their ids; the others are left out."""
    seen = [work.within(risk_point), scope.in_unit(work.caller, risk_point.c.unit_id)]
    own = scope.own_or(work.caller, risk_point.c.enterprise_id, sa.false())
    query = sa.select(RiskPoint).where(risk_point.c.id.in_(point_ids), own, *seen)
    return list(work.session.scalars(query.order_by(risk_point.c.id).with_for_update()))


def keep(work: Work, point: RiskPoint, *facts: Fact) -> None:
    """Save the point; an assessment made since it was found is kept beside it for ever."""
    assessed = _assessed([point])
    work.keep(point, RiskPointState, *facts)
    _keep_assessments(work, assessed)


def keep_many(work: Work, kept: Kept, what: str) -> None:
    assessed = _assessed(point for point, _ in kept)
    keep_all(work, RiskPointState, kept, what)
    _keep_assessments(work, assessed)


def _assessed(points: Iterable[RiskPoint]) -> list[RiskPoint]:
    return [p for p in points if p.assessments_made and get_history(p, "assessments_made").has_changes()]


def _keep_assessments(work: Work, points: Iterable[RiskPoint]) -> None:
    rows = []
    for point in points:
        made: Mapping[str, Any] = point.waiting or point.assessment or {}
        owner = {name: getattr(point, name) for name in ("enterprise_id", "region", "industry")}
        told = {name: value for name, value in made.items() if name not in ("factors", "check_items")}
        rows.append(owner | {"id": ids.new_id(), "point_id": point.id, "number": point.assessments_made, "made": told})
    if rows:
        work.session.execute(sa.insert(risk_assessment), rows)


def discard(work: Work, points: Sequence[RiskPoint]) -> None:
    """Take away points that were never in use, with their assessments."""
    for point in points:
        work.session.expunge(point)
    work.session.execute(sa.delete(risk_point).where(risk_point.c.id.in_([p.id for p in points])))


def next_numbers(work: Work, enterprise_id: str, count: int) -> list[str]:
    """The next numbers of an enterprise's points; callers of one enterprise wait for each other."""
    start = insert(series).values(series=f"risk_point:{enterprise_id}", last=count)
    follow = start.on_conflict_do_update(index_elements=["series"], set_={"last": series.c.last + count})
    last = int(work.session.execute(follow.returning(series.c.last)).scalar_one())
    return [f"FX{number:06}" for number in range(last - count + 1, last + 1)]


def filed_on(work: Work, point_ids: Sequence[str]) -> dict[str, list[str]]:
    """The names of the filed lists on which each point stands."""
    of = filed_line.c
    query = sa.select(of.point_id, risk_list.c.name).join(risk_list, risk_list.c.id == of.list_id)
    found: dict[str, list[str]] = {}
    for point_id, name in work.session.execute(query.where(of.point_id.in_(point_ids), of.ended_on.is_(None))):
        found.setdefault(point_id, []).append(name)
    return found


def find_category(work: Work, category_id: str, lock: bool = True) -> Category:
    found = work.find(Category, category_id, "分类", lock)
    scope.require_own(work, found.enterprise_id)
    return found


def require_category(work: Work, category_id: str | None, enterprise_id: str) -> None:
    """Refuse a category of another enterprise as if it did not exist."""
    if category_id is not None and find_category(work, category_id, lock=False).enterprise_id != enterprise_id:
        raise absent(Category, "分类")
