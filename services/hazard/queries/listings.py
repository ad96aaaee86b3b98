"""Listings for supervision in scope, with what is due of them."""

from typing import Any

import sqlalchemy as sa

from services.hazard import answers
from services.hazard.contract import supervision as contract
from services.hazard.contract.units import is_bound
from services.hazard.domain.listing import RUNNING, SupervisionListing
from services.hazard.repository import listings, scope
from services.hazard.tables import hazard, supervision_listing
from services.kernel import paging, region
from services.kernel.service import handles
from services.kernel.work import Work

_OF = supervision_listing.c


@handles(contract.LIST_LISTINGS)
def list_supervision_listings(
    work: Work, limit: int, cursor: str | None, q: str | None, is_log_due: bool | None, **filters: Any
) -> dict[str, Any]:
    """Newest first; who is bound to a unit sees the listings of the hazards that he sees."""
    query = sa.select(SupervisionListing).where(work.within(supervision_listing))
    if is_bound(work.caller):
        query = query.where(_OF.hazard_id.in_(sa.select(hazard.c.id).where(scope.visible(work))))
    if place := filters.pop("region"):
        low, high = region.span(region.prefix(place))
        query = query.where(_OF.region >= low, _OF.region < high)
    if q:
        query = query.where(sa.or_(_OF.document_number == q, _OF.hazard_number == q, _OF.title.icontains(q, autoescape=True)))
    if is_log_due is not None:
        due = sa.and_(_OF.status.in_(RUNNING), _OF.log_due_on < work.today)
        query = query.where(due if is_log_due else due.is_not(sa.true()))
    query = query.where(*(_OF[name] == value for name, value in filters.items() if value is not None))
    found = paging.page(work.session, query, [_OF.id], limit, cursor)
    found["items"] = answers.listings(work, found["items"])
    return found


@handles(contract.SHOW_LISTING)
def show_supervision_listing(work: Work, listing_id: str) -> dict[str, Any]:
    return answers.listing(work, *listings.find(work, listing_id, lock=False))
