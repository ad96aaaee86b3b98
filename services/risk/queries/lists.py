"""Lists with their lines, what stands against one, how it is executed, and what the list of a unit has to hold."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.kernel.service import handles
from services.kernel.work import Work
from services.risk import answers, list_lines
from services.risk.contract import lists as contract
from services.risk.domain.check_task import Status
from services.risk.domain.frequency import MINIMUM
from services.risk.domain.levels import Level, Tier
from services.risk.domain.risk_list import Status as ListStatus
from services.risk.queries import filters as shared
from services.risk.repository import lists, references, scope, settings
from services.risk.tables import ID, JSON, check_task, enterprise_ref, org_unit_ref, risk_list, risk_point

_OF = risk_list.c
_ROW = [_OF[name] for name in contract.RiskListRow().fields if name in _OF]
_NONE = dict.fromkeys(Level, 0)
EXECUTION_DAYS = timedelta(days=30)
ENDED = (Status.DONE, Status.DONE_LATE, Status.MISSED)


@handles(contract.LIST_RISK_LISTS)
def list_risk_lists(work: Work, limit: int, cursor: str | None, sort: str, q: str | None, **filters: Any) -> dict[str, Any]:
    """The enterprise's own lists; of others those that are or were filed."""
    joined = risk_list.outerjoin(org_unit_ref, org_unit_ref.c.id == _OF.unit_id)
    joined = joined.outerjoin(enterprise_ref, enterprise_ref.c.enterprise_id == _OF.enterprise_id)
    names = [org_unit_ref.c.name.label("unit_name"), enterprise_ref.c.name.label("enterprise_name")]
    is_open = scope.own_or(work.caller, _OF.enterprise_id, _OF.filed_at.is_not(None))
    query = sa.select(*_ROW, _edition(), *names).select_from(joined).where(work.within(risk_list), is_open)
    query = query.where(scope.in_unit(work.caller, _OF.unit_id), *shared.chosen(risk_list, filters))
    if q:
        query = query.where(_OF.name.icontains(q, autoescape=True))
    found = shared.page(work, query, _OF.id, limit, cursor, sort)
    ids = [item["id"] for item in found["items"]]
    rates = {list_id: _rate(counts) for list_id, counts in _executed(work, ids).items()}
    levels = _levels(work, ids)
    return found | {
        "items": [item | levels.get(item["id"], _NONE) | {"check_rate": rates.get(item["id"])} for item in found["items"]]
    }


def _edition() -> sa.ColumnElement[Any]:
    """Which of the filed lists of its unit this one is, or is to be."""
    other = risk_list.alias("other")
    earlier = sa.or_(_OF.filed_at.is_(None), other.c.filed_at < _OF.filed_at)
    before = sa.select(sa.func.count()).where(other.c.unit_id == _OF.unit_id, other.c.filed_at.is_not(None), earlier)
    counts = sa.or_(_OF.filed_at.is_not(None), _OF.status != ListStatus.WITHDRAWN)
    return sa.case((counts, before.correlate(risk_list).scalar_subquery() + 1)).label("edition")


def _levels(work: Work, list_ids: list[str]) -> dict[str, dict[str, int]]:
    """For each list that has points: how many of each level."""
    line = sa.func.jsonb_array_elements(_OF.lines).table_valued(sa.column("value", JSON)).lateral("line")
    told, point_id = line.c.value["level"].astext, sa.cast(line.c.value["point_id"].astext, ID)
    lines = risk_list.join(line, sa.true()).outerjoin(risk_point, sa.and_(told.is_(None), risk_point.c.id == point_id))
    level = sa.func.coalesce(told, risk_point.c.level)
    counts = [sa.func.count().filter(level == each).label(each) for each in Level]
    query = sa.select(_OF.id, *counts).select_from(lines).where(_OF.id.in_(list_ids), work.within(risk_list)).group_by(_OF.id)
    return {row["id"]: {each: row[each] for each in Level} for row in work.session.execute(query).mappings()}


@handles(contract.GET_RISK_LIST)
def get_risk_list(work: Work, risk_list_id: str) -> dict[str, Any]:
    return answers.risk_list(work, lists.find(work, risk_list_id, lock=False))


@handles(contract.PREVIEW_RISK_LIST)
def preview_risk_list(work: Work, risk_list_id: str) -> dict[str, Any]:
    of = lists.find(work, risk_list_id, lock=False)
    return answers.risk_list(work, of) | {"findings": list_lines.found_on(work, of)}


@handles(contract.GET_EXECUTION)
def get_list_execution(work: Work, risk_list_id: str) -> dict[str, Any]:
    """The tasks of the list whose window ended in the last 30 days; late checks are none in time."""
    of = lists.find(work, risk_list_id, lock=False)
    counts = _executed(work, [of.id]).get(of.id, dict[str, int].fromkeys(ENDED, 0))
    return counts | {"due": sum(counts.values()), "check_rate": _rate(counts)}


def _executed(work: Work, list_ids: list[str]) -> dict[str, dict[str, int]]:
    """For each list that had any: its tasks whose window ended in the last 30 days, by how they ended."""
    task = check_task.c
    counts = [sa.func.count().filter(task.status == status).label(status) for status in ENDED]
    ended = sa.and_(task.window_end > work.now - EXECUTION_DAYS, task.window_end <= work.now)
    query = sa.select(task.list_id, *counts).where(task.list_id.in_(list_ids), ended, work.within(check_task))
    found = work.session.execute(query.group_by(task.list_id)).mappings()
    return {row["list_id"]: {status: row[status] for status in ENDED} for row in found}


def _rate(counts: dict[str, int]) -> float | None:
    due = sum(counts.values())
    return round(counts[Status.DONE] * 100 / due, 2) if due else None


@handles(contract.LIST_REQUIRED_POINTS)
def list_required_points(work: Work, unit_id: str) -> dict[str, Any]:
    """What belongs on the unit's list, with the least frequency of each point there."""
    unit = references.find_unit(work, unit_id)
    scope.require_own(work, unit["enterprise_id"])
    tier, rows = Tier(unit["tier"]), list_lines.owed_rows(work, unit)
    of = org_unit_ref.c
    ids = {row["unit_id"] for row in rows}
    names: dict[str, str] = dict(work.session.execute(sa.select(of.id, of.name).where(of.id.in_(ids))).tuples().all())
    demanded = settings.mandatory(work, unit["region"], unit["industry"]).values() if tier == Tier.ENTERPRISE else ()
    return {
        "list_class": tier,
        "points": [_required(row, tier, names.get(row["unit_id"])) for row in rows],
        "mandatory_items": [{"item": i.item, "standard": i.standard, "mandatory_id": i.id} for i in demanded],
    }


def _required(row: Any, tier: Tier, name: str | None) -> dict[str, Any]:
    least = MINIMUM[Level(row["level"])][tier]
    told = {"point_id": row["id"], "name": row["name"], "unit_name": name, "level": row["level"]}
    items = [item | {"mandatory_id": None} for item in row["check_items"]]
    return told | {"control_tier": row["control_tier"], "period": least.period, "times": least.times, "items": items}
