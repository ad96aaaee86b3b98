"""The small copies of other services' facts: enterprises, organisation units, risk points; newest version wins."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.enterprise.contract import reference, units
from services.hazard.tables import BELONGINGS, enterprise_ref, org_unit_ref, risk_point_ref
from services.kernel.errors import Conflict, NotFound
from services.kernel.work import Work

RUNNING = ("active", "suspended")


def keep_enterprise(work: Work, state: Mapping[str, Any]) -> None:
    """Take over the newest state; all that belongs to the enterprise follows its region and industry."""
    reference.keep_reference(work, enterprise_ref, state, BELONGINGS)


def running_enterprise(work: Work, enterprise_id: str) -> dict[str, Any]:
    """An enterprise in the caller's scope at which hazards may be registered."""
    found = reference.find_reference(work, enterprise_ref, enterprise_id)
    if found is None:
        raise NotFound("enterprise.not_found", "没有找到该企业")
    if found["status"] not in RUNNING:
        raise Conflict("hazard.enterprise_not_running", "该企业尚未通过审核或已注销，不能登记隐患")
    return found


def place_of(work: Work, state: Mapping[str, Any]) -> dict[str, Any]:
    return reference.place_of(work, enterprise_ref, state)


def keep_unit(work: Work, state: Mapping[str, Any]) -> None:
    reference.keep_belonging(work, org_unit_ref, enterprise_ref, state)


def keep_point(work: Work, state: Mapping[str, Any]) -> None:
    reference.keep_belonging(work, risk_point_ref, enterprise_ref, state)


def point(work: Work, point_id: str, enterprise_id: str) -> dict[str, Any]:
    """A risk point of this enterprise; another's, which the caller may not even see, is as unknown as one that there is not."""
    of = risk_point_ref.c
    found = work.session.execute(sa.select(risk_point_ref).where(of.id == point_id, work.within(risk_point_ref))).mappings().first()
    if found is None or found["enterprise_id"] != enterprise_id:
        raise NotFound("risk_point.not_found", "没有找到该风险点")
    return dict(found)


def own_unit(work: Work, unit_id: str | None, enterprise_id: str) -> str | None:
    """The unit, or the one into which it was merged; another's, which the caller may not even see, or none at all is refused."""
    if unit_id is None:
        return None
    of = org_unit_ref.c
    owner = work.session.scalar(sa.select(of.enterprise_id).where(of.id == unit_id))
    if owner != enterprise_id:
        raise NotFound("org_unit.not_found", "没有找到该组织单元")
    return heir(work, unit_id)


def heir(work: Work, unit_id: str) -> str:
    return units.heir(work, org_unit_ref, unit_id)
