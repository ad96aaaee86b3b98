"""What authorities have set, and the map of the points."""

from typing import Any

import sqlalchemy as sa

from services.enterprise.contract.on_map import Layer
from services.kernel import region
from services.kernel.caller import Kind
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import settings as contract
from services.risk.contract.vocabulary import LEVELS
from services.risk.domain.mandatory_item import EVERY_INDUSTRY
from services.risk.queries import filters as shared
from services.risk.repository import scope, settings
from services.risk.tables import enterprise_ref, mandatory_item, risk_point

_OF = mandatory_item.c
_POINT, _OWNER = risk_point.c, enterprise_ref.c
_MAP = Layer(
    {"id": _POINT.id, "enterprise_id": _POINT.enterprise_id, "region": _POINT.region, "industry": _POINT.industry,
     "name": _POINT.name, "note": _OWNER.name, "kind": _POINT.level,
     "longitude": _POINT.map_longitude, "latitude": _POINT.map_latitude},
    list(LEVELS),
)  # fmt: skip


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


@handles(contract.SHOW_RISK_MAP)
def show_risk_map(work: Work, box: str, **filters: Any) -> dict[str, Any]:
    """Points that stand on filed lists of active enterprises and know where they lie."""
    joined = risk_point.join(enterprise_ref, sa.and_(_OWNER.enterprise_id == _POINT.enterprise_id, _OWNER.status == "active"))
    is_mine = [work.within(risk_point), scope.in_unit(work.caller, _POINT.unit_id), _POINT.is_filed]
    return _MAP.seen(work, joined, [*is_mine, *shared.chosen(risk_point, filters)], box)
