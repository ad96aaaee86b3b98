"""Conditions and sorts that several lists share."""

from typing import Any

import sqlalchemy as sa

from services.kernel import paging, region
from services.kernel.work import Work
from services.risk.repository import scope


def chosen(table: sa.Table, filters: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    """The filters that are set; places, industries and units include what lies below them."""
    of, found = table.c, []
    if place := filters.pop("region", None):
        low, high = region.span(region.prefix(place))
        found += [of.region >= low, of.region < high]
    if industry := filters.pop("industry", None):
        found.append(of.industry.startswith(industry, autoescape=True))
    if unit_id := filters.pop("unit_id", None):
        found.append(of.unit_id.in_(scope.below(unit_id)))
    return found + [of[name] == value for name, value in filters.items() if value is not None]


def page(work: Work, query: sa.Select[Any], key: Any, limit: int, cursor: str | None, sort: str) -> dict[str, Any]:
    """One page by the id, in which the moment of making is hidden: the newest first, or the oldest."""
    return paging.page(work.session, query, [key], limit, cursor, descending=sort == "-id")
