"""What authorities have set, and the map of red points."""

from typing import Any

import sqlalchemy as sa

from services.kernel import region
from services.kernel.caller import Kind
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import settings as contract
from services.risk.domain.levels import Level
from services.risk.domain.mandatory_item import EVERY_INDUSTRY
from services.risk.domain.region_grades import ORDER, grade
from services.risk.queries import filters as shared
from services.risk.repository import settings
from services.risk.tables import enterprise_ref, mandatory_item, risk_point

_OF = mandatory_item.c
FUNCTIONAL = "520900"  # 贵安新区 has no counties: its six digits count as a prefecture.


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


@handles(contract.GET_REGION_GRADES)
def get_region_grades(work: Work) -> dict[str, Any]:
    return settings.grades(work)


@handles(contract.GET_RISK_MAP)
def get_risk_map(work: Work, level: str, region: str | None) -> dict[str, Any]:
    """Red points on filed lists of active enterprises in the caller's scope, counted by county or prefecture."""
    thresholds = settings.grades(work)[level]
    counts = _red_points(work, level, region)
    items = [{"region": code, "red_points": count, "grade": grade(count, thresholds)} for code, count in counts]
    return {"level": level, "thresholds": {name: thresholds[name] for name in ORDER}, "items": items}


def _red_points(work: Work, level: str, prefix: str | None) -> list[tuple[str, int]]:
    of = risk_point.c
    county = sa.func.left(of.region, 6)
    prefecture = sa.case((county == FUNCTIONAL, county), else_=sa.func.left(of.region, 4) + "00")
    place: Any = county if level == "county" else prefecture
    query = sa.select(place, sa.func.count()).where(work.within(risk_point), of.is_filed, of.level == Level.RED)
    active = sa.and_(enterprise_ref.c.enterprise_id == of.enterprise_id, enterprise_ref.c.status == "active")
    query = query.where(sa.exists().where(active))
    if prefix:
        low, high = region.span(prefix)
        query = query.where(of.region >= low, of.region < high)
    return list(work.session.execute(query.group_by(place).order_by(place)).tuples())
