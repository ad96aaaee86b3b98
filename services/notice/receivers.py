"""Who receives a notice: conditions over the copies of enterprises and departments, never wider than the publisher's scope."""

from typing import Any

import sqlalchemy as sa

from services.kernel import region
from services.kernel.errors import Invalid
from services.kernel.work import Work, within
from services.notice.domain.placing import require_inside
from services.notice.tables import department_ref, enterprise_ref

RUNNING, SUSPENDED = "active", "suspended"


def require_known(work: Work, receivers: dict[str, Any]) -> None:
    """Refuse places outside the publisher's scope, and enterprises or departments that are not in it."""
    require_inside(work.caller.scope, receivers["regions"])
    wanted = [
        ("enterprise_ids", "企业", enterprise_ref.c.enterprise_id, work.within(enterprise_ref)),
        ("department_ids", "部门", department_ref.c.id, _departments_in_scope(work)),
    ]
    for name, label, key, in_scope in wanted:
        chosen = set(receivers[name])
        known = set(work.session.scalars(sa.select(key).where(key.in_(chosen), in_scope))) if chosen else set()
        if unknown := chosen - known:
            details = {name: "、".join(sorted(unknown)[:20])}
            raise Invalid("notice.unknown_receiver", f"有的接收{label}不存在或不在您的监管范围内，请重新选择", **details)


def enterprises(work: Work, receivers: dict[str, Any]) -> sa.ColumnElement[bool]:
    """Running enterprises that were chosen by place, industry and grade, or by name."""
    of = enterprise_ref.c
    statuses = [RUNNING, SUSPENDED] if receivers["includes_suspended"] else [RUNNING]
    by_place = [_in_places(receivers["regions"])]
    if receivers["industries"]:
        by_place.append(sa.or_(*(of.industry.startswith(i, autoescape=True) for i in receivers["industries"])))
    if receivers["grades"]:
        by_place.append(of.grade.in_(receivers["grades"]))
    chosen = sa.or_(sa.and_(*by_place), of.enterprise_id.in_(receivers["enterprise_ids"]))
    return sa.and_(of.status.in_(statuses), chosen, work.within(enterprise_ref))


def departments(work: Work, receivers: dict[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(department_ref.c.id.in_(receivers["department_ids"]), _departments_in_scope(work))


def _departments_in_scope(work: Work) -> sa.ColumnElement[bool]:
    return sa.and_(department_ref.c.is_active, within(work.caller, department_ref, by_place=True))


def _in_places(codes: list[str]) -> sa.ColumnElement[bool]:
    spans = [region.span(region.prefix(code)) for code in codes]
    of = enterprise_ref.c.region
    return sa.or_(sa.false(), *(sa.and_(of >= low, of < high) for low, high in spans))
