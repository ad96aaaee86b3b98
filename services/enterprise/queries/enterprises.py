"""Lists of enterprises for authorities, the file of one, and its history."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.enterprise import answers, repository
from services.enterprise.contract import archive, review, vocabulary
from services.enterprise.contract.on_map import Layer
from services.enterprise.domain.enterprise import RESTORE_DAYS, RUNNING, Status
from services.enterprise.domain.routing import Authority, Sector, may_decide
from services.enterprise.tables import enterprise, enterprise_history
from services.kernel import clock, paging, region
from services.kernel.contract import made
from services.kernel.service import handles
from services.kernel.work import Work

_COLUMNS = enterprise.c
_SORTS = {"id": [_COLUMNS.id], "name": [_COLUMNS.name, _COLUMNS.id], "region": [_COLUMNS.region, _COLUMNS.id]}
_STATE = [_COLUMNS[name] for name in archive.EnterpriseItem().fields if name in _COLUMNS]
_REVIEW = [_COLUMNS[name] for name in review.ReviewItem().fields if name in _COLUMNS]
_DECIDED = [_COLUMNS[name] for name in {**review.RejectedItem().fields, **review.DeletedItem().fields} if name in _COLUMNS]
_MAP = Layer(
    {"id": _COLUMNS.id, "enterprise_id": _COLUMNS.id, "region": _COLUMNS.region, "industry": _COLUMNS.industry,
     "name": _COLUMNS.name, "note": _COLUMNS.basic["operating_address"].astext, "kind": _COLUMNS.status,
     "longitude": _COLUMNS.longitude, "latitude": _COLUMNS.latitude},
    list(vocabulary.ON_MAP),
)  # fmt: skip


@handles(archive.LIST_ENTERPRISES)
def list_enterprises(work: Work, limit: int, cursor: str | None, sort: str | None, **filters: Any) -> dict[str, Any]:
    """Every enterprise in scope whatever its state; a filter on the state makes the other lists."""
    sort = sort or "-id"
    more = [_COLUMNS.basic[name].astext.label(name) for name in ("operating_address", "principal")]
    query = sa.select(*_STATE, *more).where(work.within(enterprise), repository.shown(work.caller), *_conditions(**filters))
    return paging.page(work.session, query, _SORTS[sort.removeprefix("-")], limit, cursor, sort.startswith("-"))


@handles(archive.SHOW_ENTERPRISE_MAP)
def show_enterprise_map(work: Work, box: str, **filters: Any) -> dict[str, Any]:
    """Those that run or stand still for a while, where they said that they are."""
    on_map = _COLUMNS.status.in_(list(vocabulary.ON_MAP))
    return _MAP.seen(work, enterprise, [work.within(enterprise), on_map, *_conditions(**filters)], box)


@handles(archive.SHOW_ENTERPRISE)
def show_enterprise(work: Work, enterprise_id: str) -> dict[str, Any]:
    return answers.detail(work, repository.find(work, enterprise_id, lock=False))


@handles(review.LIST_REVIEWS)
def list_reviews(work: Work, limit: int, cursor: str | None, q: str | None, is_late: bool | None, is_mine: bool) -> dict[str, Any]:
    """Pending registrations in scope, oldest first; superiors see them all and decide on what was transferred to them."""
    query = sa.select(*_REVIEW).where(work.within(enterprise), _COLUMNS.status == Status.PENDING, *_conditions(q=q))
    if is_late is not None:
        late = _COLUMNS.review_due_on < work.today
        query = query.where(late if is_late else sa.not_(late))
    if is_mine:
        query = query.where(_COLUMNS.authority_region == work.caller.region)
    found = paging.page(work.session, query, [_COLUMNS.submitted_at, _COLUMNS.id], limit, cursor, descending=False)
    for item in found["items"]:
        item["is_late"] = item["review_due_on"] < work.today
        item["may_decide"] = may_decide(Authority(item["authority_region"], Sector(item["authority_sector"])), work.caller)
    return found


@handles(review.LIST_REJECTED)
def list_rejected_enterprises(work: Work, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    return _decided_page(work, [_COLUMNS.status == Status.REJECTED], limit, cursor, q)


@handles(review.LIST_DELETED)
def list_deleted_enterprises(work: Work, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    """The deleted ones with the last day of restoring; expired drafts are nobody's business."""
    deleted = [_COLUMNS.status == Status.DELETED, _COLUMNS.status_before != Status.DRAFT]
    found = _decided_page(work, deleted, limit, cursor, q)
    for item in found["items"]:
        last = clock.day_of(item["decided_at"]) + timedelta(days=RESTORE_DAYS)
        item["restorable_until"] = last if item["status_before"] in RUNNING else None
    return found


@handles(review.LIST_HISTORY)
def list_enterprise_history(work: Work, enterprise_id: str, limit: int, cursor: str | None) -> dict[str, Any]:
    repository.find(work, enterprise_id, lock=False)
    of = enterprise_history.c
    query = sa.select(*(of[name] for name in made(review.HistoryItem).fields)).where(of.enterprise_id == enterprise_id)
    return paging.page(work.session, query.where(work.within(enterprise_history)), [of.id], limit, cursor)


def _decided_page(
    work: Work, conditions: list[sa.ColumnElement[bool]], limit: int, cursor: str | None, q: str | None
) -> dict[str, Any]:
    query = sa.select(*_DECIDED).where(work.within(enterprise), *conditions, *_conditions(q=q))
    return paging.page(work.session, query, [_COLUMNS.decided_at, _COLUMNS.id], limit, cursor)


def _conditions(**filters: Any) -> list[sa.ColumnElement[bool]]:
    """The filters that are set; places and industries include what lies below them."""
    found: list[sa.ColumnElement[bool]] = []
    if q := filters.pop("q", None):
        found.append(sa.or_(_COLUMNS.name.icontains(q, autoescape=True), _COLUMNS.unified_credit_code == q))
    if place := filters.pop("region", None):
        low, high = region.span(region.prefix(place))
        found.append(sa.and_(_COLUMNS.region >= low, _COLUMNS.region < high))
    if industry := filters.pop("industry", None):
        found.append(_COLUMNS.industry.startswith(industry, autoescape=True))
    return found + [_COLUMNS[name] == value for name, value in filters.items() if value is not None]
