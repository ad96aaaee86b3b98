"""The ledger of hazards, their counts, and what happened to one of them."""

from typing import Any

import sqlalchemy as sa

from services.enterprise.contract.on_map import Layer
from services.hazard import answers
from services.hazard.contract import ledger as contract
from services.hazard.contract.answers import HistoryItem
from services.hazard.contract.vocabulary import ON_MAP
from services.hazard.domain.record import ENDED
from services.hazard.queries import tasks
from services.hazard.repository import hazards, scope
from services.hazard.tables import enterprise_ref, hazard, hazard_history
from services.kernel import paging, region
from services.kernel.contract import made
from services.kernel.service import handles
from services.kernel.work import Work

_OF = hazard.c
_ITEM = [_OF[name] for name in answers.ITEM_FIELDS]
_EQUAL = ("hazard_class", "status", "source", "category", "enterprise_id", "point_id", "inspection_id")
_SHOWN = 60  # Letters of a description beside the map.
_MAP = Layer(
    {"id": _OF.id, "enterprise_id": _OF.enterprise_id, "region": _OF.region, "industry": _OF.industry,
     "name": sa.func.left(_OF.description, _SHOWN), "note": enterprise_ref.c.name,
     "kind": sa.case((_OF.hazard_class == "major", "major"), else_="general"),
     "longitude": _OF.longitude, "latitude": _OF.latitude},
    list(ON_MAP),
)  # fmt: skip


@handles(contract.LIST_HAZARDS)
def list_hazards(work: Work, limit: int, cursor: str | None, sort: str, q: str | None, **filters: Any) -> dict[str, Any]:
    """Hazards in scope, newest first or by deadline; names are added to the page, not to every row searched."""
    query = sa.select(*_ITEM).where(scope.visible(work), *_conditions(work, q, **filters))
    columns = [_OF.id]
    if sort.endswith("deadline_on"):
        columns, query = [_OF.deadline_on, _OF.id], query.where(_OF.deadline_on.is_not(None))
    found = paging.page(work.session, query, columns, limit, cursor, sort.startswith("-"))
    found["items"] = answers.with_names(work, [answers.with_overdue(work, item) for item in found["items"]])
    return found


@handles(contract.SHOW_HAZARD_MAP)
def show_hazard_map(work: Work, box: str, **filters: Any) -> dict[str, Any]:
    """Open hazards whose place was told with its coordinates."""
    source = hazard.join(enterprise_ref, enterprise_ref.c.enterprise_id == _OF.enterprise_id, isouter=True)
    return _MAP.seen(work, source, [scope.visible(work), *_conditions(work, None, is_open=True, **filters)], box)


@handles(contract.COUNT_HAZARDS)
def count_hazards(work: Work, enterprise_id: str, found_from: Any, found_to: Any) -> dict[str, Any]:
    """Recount one enterprise's hazards from the rows themselves."""
    overdue = sa.func.count().filter(tasks.is_overdue(work.today)).label("overdue")
    query = sa.select(_OF.hazard_class, _OF.status, sa.func.count().label("count"), overdue)
    query = query.where(scope.visible(work), _OF.enterprise_id == enterprise_id, _OF.number.is_not(None))
    query = query.where(*answers.day_range(_OF.found_at, found_from, found_to)).group_by(_OF.hazard_class, _OF.status)
    items = [dict(row) for row in work.session.execute(query.order_by(_OF.hazard_class, _OF.status)).mappings()]
    return {"items": items, "overdue": sum(item["overdue"] for item in items)}


@handles(contract.LIST_HISTORY)
def list_hazard_history(work: Work, hazard_id: str, limit: int, cursor: str | None) -> dict[str, Any]:
    hazards.find(work, hazard_id, lock=False)
    of = hazard_history.c
    query = sa.select(*(of[name] for name in made(HistoryItem).fields)).where(
        of.hazard_id == hazard_id, work.within(hazard_history)
    )
    return paging.page(work.session, query, [of.id], limit, cursor, descending=False)


def _conditions(work: Work, q: str | None, **filters: Any) -> list[sa.ColumnElement[bool]]:
    """The filters that are set; places, industries and units include what lies below them."""
    found = [_OF[name] == filters[name] for name in _EQUAL if filters.get(name) is not None]
    found += _flags(work, filters)
    if place := filters.get("region"):
        low, high = region.span(region.prefix(place))
        found.append(sa.and_(_OF.region >= low, _OF.region < high))
    if industry := filters.get("industry"):
        found.append(_OF.industry.startswith(industry, autoescape=True))
    if unit_id := filters.get("unit_id"):
        found.append(sa.or_(_OF.unit_id == unit_id, _OF.unit_id.in_(scope.below(unit_id))))
    if filters.get("deadline_from"):
        found.append(_OF.deadline_on >= filters["deadline_from"])
    if filters.get("deadline_to"):
        found.append(_OF.deadline_on <= filters["deadline_to"])
    if q:
        texts = [column.icontains(q, autoescape=True) for column in (_OF.description, _OF.place)]
        found.append(sa.or_(_OF.number == q, *texts))
    if task := filters.get("task"):
        found.append(tasks.condition(work, task))
    return found + answers.day_range(_OF.found_at, filters.get("found_from"), filters.get("found_to"))


def _flags(work: Work, filters: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    conditions: dict[str, sa.ColumnElement[bool]] = {
        "is_major": sa.and_(_OF.hazard_class == "major", _OF.status != "draft"),
        "is_open": sa.and_(_OF.status.not_in(sorted(ENDED)), _OF.status != "draft"),
        "is_overdue": tasks.is_overdue(work.today),
        "is_listed": _OF.listed.is_(sa.true()),
    }
    # A condition on a deadline that is not set is neither true nor false: such a hazard is not overdue.
    wanted = {name: filters[name] for name in conditions if filters.get(name) is not None}
    return [conditions[name] if value else conditions[name].is_not(sa.true()) for name, value in wanted.items()]
