"""What authorities have set, and the map of the points."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.kernel import paging, region
from services.kernel.caller import Kind
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import settings as contract
from services.risk.domain.mandatory_item import EVERY_INDUSTRY
from services.risk.queries import filters as shared
from services.risk.repository import scope, settings
from services.risk.tables import enterprise_ref, mandatory_item, risk_point

_OF = mandatory_item.c
_ON_MAP = [risk_point.c[name] for name in contract.MapPoint().fields if name in risk_point.c]


@handles(contract.LIST_MANDATORY_ITEMS)
def list_mandatory_items(
    work: Work, limit: int, cursor: str | None, sort: str, q: str | None, industry: str | None, is_in_force: bool
) -> dict[str, Any]:
    """What is demanded in the caller's region, by its authorities and by those above them."""
    above = _OF.region.in_(region.ancestors(work.caller.region)) if work.caller.region else sa.false()
    is_regulator = work.caller.kind in (Kind.REGULATOR, Kind.SYSTEM)
    query = sa.select(*_OF).where(sa.or_(work.within(mandatory_item), above) if is_regulator else above)
    if industry:
        query = query.where(sa.or_(_OF.industry == EVERY_INDUSTRY, _OF.industry.startswith(industry, autoescape=True)))
    if is_in_force:
        query = query.where(_OF.effective_on <= work.today, sa.or_(_OF.ended_on.is_(None), _OF.ended_on > work.today))
    if q:
        query = query.where(_OF.item.icontains(q, autoescape=True))
    return shared.page(work, query, _OF.id, limit, cursor, sort)


@handles(contract.GET_WORK_CALENDAR)
def get_work_calendar(work: Work, year: int) -> dict[str, Any]:
    return settings.shown_calendar(work, year)


@handles(contract.LIST_MAP_POINTS)
def list_map_points(work: Work, limit: int, cursor: str | None, level: str, box: str | None, **filters: Any) -> dict[str, Any]:
    """Points of a level that stand on filed lists of active enterprises and know where they lie, by region."""
    of, owner = risk_point.c, enterprise_ref.c
    joined = risk_point.join(enterprise_ref, sa.and_(owner.enterprise_id == of.enterprise_id, owner.status == "active"))
    query = sa.select(*_ON_MAP, owner.name.label("enterprise_name")).select_from(joined)
    query = query.where(work.within(risk_point), scope.in_unit(work.caller, of.unit_id), of.is_filed, of.level == level)
    query = query.where(of.longitude.is_not(None), of.latitude.is_not(None), *shared.chosen(risk_point, filters))
    if box:
        west, south, east, north = (Decimal(side) for side in box.split(","))
        query = query.where(of.longitude.between(west, east), of.latitude.between(south, north))
    return paging.page(work.session, query, [of.region, of.id], limit, cursor, descending=False)
