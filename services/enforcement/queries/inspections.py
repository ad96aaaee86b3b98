"""Inspections in scope: the list for both sides, and one whole."""

from typing import Any

import sqlalchemy as sa

from services.enforcement import answers, repository
from services.enforcement.contract import inspections as contract
from services.enforcement.tables import inspection
from services.kernel import paging, region
from services.kernel.service import handles
from services.kernel.work import Work

_OF = inspection.c
_LINE = [_OF[name] for name in answers.LINE]


@handles(contract.LIST_INSPECTIONS)
def list_inspections(work: Work, limit: int, cursor: str | None, q: str | None, **filters: Any) -> dict[str, Any]:
    """The newest first; what the caller is not shown he cannot filter by either."""
    query = sa.select(*_LINE).where(work.within(inspection), repository.disclosed(work.caller))
    if q:
        query = query.where(_OF.enterprise_name.icontains(q, autoescape=True))
    if not answers.is_insider(work) and any(filters[name] for name in ("source", "planned_from", "planned_to")):
        query = query.where(sa.false())
    found = paging.page(work.session, query.where(*_conditions(**filters)), [_OF.id], limit, cursor)
    found["items"] = [answers.line(work, row) for row in found["items"]]
    return found


@handles(contract.SHOW_INSPECTION)
def show_inspection(work: Work, inspection_id: str) -> dict[str, Any]:
    return answers.detail(work, repository.find_inspection(work, inspection_id, lock=False))


def _conditions(**filters: Any) -> list[sa.ColumnElement[bool]]:
    """The filters that are set; places and industries include what lies below them."""
    given = {name: value for name, value in filters.items() if value is not None}
    found: list[sa.ColumnElement[bool]] = []
    if place := given.get("region"):
        low, high = region.span(region.prefix(place))
        found.append(sa.and_(_OF.region >= low, _OF.region < high))
    ways = {
        "status": lambda value: _OF.state == value,
        "source": lambda value: _OF.source == value,
        "enterprise_id": lambda value: _OF.enterprise_id == value,
        "officer_id": lambda value: _OF.officer_ids.contains([value]),
        "industry": lambda value: _OF.industry.startswith(value, autoescape=True),
        "planned_from": lambda value: _OF.planned_on >= value,
        "planned_to": lambda value: _OF.planned_on <= value,
        "due_by": lambda value: _OF.due_on <= value,
    }
    return found + [ways[name](value) for name, value in given.items() if name in ways]
