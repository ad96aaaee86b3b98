"""The library of points, one point with its history, cards, and counts."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONPATH

from services.kernel import paging
from services.kernel.errors import NotFound
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk import answers, check_answers
from services.risk.contract import points as contract
from services.risk.contract.point_parts import RiskPointRow
from services.risk.domain.check_task import Status as TaskStatus
from services.risk.domain.levels import Level
from services.risk.domain.risk_point import RiskPoint, Status
from services.risk.queries import filters as shared
from services.risk.repository import points, scope, tasks
from services.risk.tables import (
    LEVEL_RANK,
    check_task,
    enterprise_ref,
    filed_line,
    org_unit_ref,
    risk_assessment,
    risk_category,
    risk_point,
)

_OF = risk_point.c
_ROW = [_OF[name] for name in RiskPointRow().fields if name in _OF]
_OUTDATED = sa.and_(_OF.printed_number.is_not(None), _OF.printed_number != _OF.assessment["number"].as_integer())
_MADE = [
    org_unit_ref.c.name.label("unit_name"),
    enterprise_ref.c.name.label("enterprise_name"),
    _OF.assessment["method"].astext.label("method"),
    _OF.assessment["value"].astext.label("value"),
    _OF.waiting.is_not(None).label("is_version_waiting"),
    sa.func.coalesce(_OUTDATED, sa.false()).label("is_card_outdated"),
]
_MEASURES = sa.cast("$[*].measures[*]", JSONPATH)
_COUNTED = [
    sa.func.jsonb_array_length(_OF.factors).label("factor_count"),
    sa.func.jsonb_array_length(sa.func.jsonb_path_query_array(_OF.factors, _MEASURES)).label("measure_count"),
    sa.select(sa.func.count())
    .where(filed_line.c.point_id == _OF.id, filed_line.c.ended_on.is_(None))
    .correlate(risk_point)
    .scalar_subquery()
    .label("list_count"),
    sa.cast(_OF.assessment["assessed_at"].astext, sa.DateTime(timezone=True)).label("assessed_at"),
]
_JOINED = risk_point.outerjoin(org_unit_ref, org_unit_ref.c.id == _OF.unit_id).outerjoin(
    enterprise_ref, enterprise_ref.c.enterprise_id == _OF.enterprise_id
)
MOST_ASSESSMENTS = 200


@handles(contract.LIST_RISK_POINTS)
def list_risk_points(work: Work, limit: int, cursor: str | None, sort: str, **filters: Any) -> dict[str, Any]:
    query = sa.select(*_ROW, *_MADE, *_COUNTED).select_from(_JOINED).where(*chosen(work, **filters))
    keys = [LEVEL_RANK, _OF.id] if sort.endswith("level") else [_OF.id]
    return paging.page(work.session, query, keys, limit, cursor, descending=sort.startswith("-"))


def chosen(work: Work, q: str | None, is_selectable: bool, is_review_overdue: bool, **filters: Any) -> list[sa.ColumnElement[bool]]:
    """The points that the caller sees and the filters leave."""
    found = [_seen(work), *shared.chosen(risk_point, filters)]
    if q:
        found.append(sa.or_(_OF.name.icontains(q, autoescape=True), _OF.number == q))
    if is_selectable or is_review_overdue:
        found.append(_OF.status == Status.ACTIVE)
    if is_review_overdue:
        found.append(_OF.review_due_on < work.today)
    return found


@handles(contract.GET_RISK_POINT)
def get_risk_point(work: Work, risk_point_id: str) -> dict[str, Any]:
    return answers.point(work, points.find(work, risk_point_id, lock=False))


@handles(contract.LIST_ASSESSMENTS)
def list_assessments(work: Work, risk_point_id: str) -> dict[str, Any]:
    """Every assessment of the point, the newest first; others do not see one that waits."""
    point = points.find(work, risk_point_id, lock=False)
    of = risk_assessment.c
    query = sa.select(of.made).where(of.point_id == point.id, work.within(risk_assessment))
    if point.assessment and not scope.acts_for(work.caller, point.enterprise_id):
        query = query.where(of.number <= point.assessment["number"])
    rows = work.session.scalars(query.order_by(of.number.desc()).limit(MOST_ASSESSMENTS))
    return {"items": [answers.assessment(made) for made in rows]}


@handles(contract.SCAN_RISK_POINT)
def scan_risk_point(work: Work, token: str) -> dict[str, Any]:
    """The point of a scanned code with what the caller may check there; another enterprise's code opens nothing."""
    query = sa.select(RiskPoint).where(_OF.token == token, work.within(risk_point))
    point = work.session.scalars(query).one_or_none()
    if point is None or not (point.is_filed or scope.acts_for(work.caller, point.enterprise_id)):
        raise NotFound("risk_point.foreign_token", "该二维码不属于本企业或已停用，请核对告知牌")
    is_open = sa.and_(check_task.c.point_id == point.id, check_task.c.status == TaskStatus.PENDING)
    rows = work.session.execute(
        check_answers.select_tasks(is_open, check_task.c.window_end > work.now, tasks.seen(work)).order_by(check_task.c.window_end)
    )
    sheets = check_answers.with_items(work, [dict(row) for row in rows.mappings()])
    if not sheets and not scope.sees_unit(work, point.unit_id):
        raise NotFound("risk_point.foreign_token", "该二维码不属于本企业或已停用，请核对告知牌")
    return {"point": answers.point(work, point), "sheets": sheets}


@handles(contract.GET_RISK_CARD)
def get_risk_card(work: Work, risk_point_id: str) -> dict[str, Any]:
    found = answers.point(work, points.find(work, risk_point_id, lock=False))
    return answers.card(work, found)


@handles(contract.READ_PUBLIC_CARD)
def read_public_card(work: Work, token: str) -> dict[str, Any]:
    """What the board says, for whoever scans its code."""
    query = sa.text("SELECT * FROM app.public_card(:token)")
    row = work.session.execute(query, {"token": token}).mappings().one_or_none()
    if row is None:
        raise NotFound("risk_card.not_found", "该二维码已失效或不存在，请联系企业安全管理人员")
    return answers.card(work, dict(row))


@handles(contract.COUNT_RISK_POINTS)
def count_risk_points(work: Work, by: str, enterprise_id: str | None, unit_id: str | None) -> dict[str, Any]:
    """Points that are not retired, by group and level."""
    key: Any = {"unit": _OF.unit_id, "category": _OF.category_id}.get(by, _OF.get(by))
    chosen = shared.chosen(risk_point, {"enterprise_id": enterprise_id, "unit_id": unit_id})
    query = sa.select(key.label("key"), *_levels()).where(_seen(work), *chosen, _OF.status != Status.RETIRED).group_by(key)
    counted = query.subquery()
    named = {"unit": org_unit_ref, "category": risk_category}.get(by)
    if named is None:
        rows = sa.select(counted, sa.cast(counted.c.key, sa.Text).label("name"))
    else:
        rows = sa.select(counted, named.c.name).outerjoin(named, named.c.id == counted.c.key)
    return {"items": [dict(row) for row in work.session.execute(rows.order_by(counted.c.key)).mappings()]}


def _levels() -> list[sa.ColumnElement[Any]]:
    counts = [sa.func.count().filter(_OF.level == level).label(level) for level in Level]
    return [*counts, sa.func.count().filter(_OF.level.is_(None)).label("unrated")]


def _seen(work: Work) -> sa.ColumnElement[bool]:
    """In scope and unit; of other enterprises what stands on a filed list."""
    is_open = scope.own_or(work.caller, _OF.enterprise_id, _OF.is_filed)
    return sa.and_(work.within(risk_point), scope.in_unit(work.caller, _OF.unit_id), is_open)
