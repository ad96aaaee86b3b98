"""Lists of licences by their dates: all, expiring, expired; one licence with its editions.

States follow from the dates at the moment of asking, so that a list is right before the nightly job has passed.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.enterprise.contract import licence as contract
from services.enterprise.domain.licence import LONGEST_WINDOW, Licence, Status
from services.enterprise.tables import enterprise, licence, licence_edition
from services.kernel import catalogue, paging, region
from services.kernel.service import handles
from services.kernel.work import Work, absent

_OF = licence.c
_ITEM = [column for column in _OF if column.name not in ("scans", "decision_reason", "decision_document", "revocation_ground")]


@handles(contract.LIST_LICENCES)
def list_licences(work: Work, limit: int, cursor: str | None, status: str | None, **filters: Any) -> dict[str, Any]:
    query = _select(work, **filters)
    if status is not None:
        query = query.where(_conditions(work)[Status(status)])
    return _page(work, query, [_OF.id], limit, cursor, descending=True)


@handles(contract.LIST_EXPIRING)
def list_expiring_licences(work: Work, limit: int, cursor: str | None, **filters: Any) -> dict[str, Any]:
    """Licences inside their window, the next to end first."""
    query = _select(work, **filters).where(_conditions(work)[Status.EXPIRING])
    return _page(work, query, [_OF.valid_to, _OF.id], limit, cursor, descending=False)


@handles(contract.LIST_EXPIRED)
def list_expired_licences(work: Work, limit: int, cursor: str | None, **filters: Any) -> dict[str, Any]:
    """Licences past their end until they are renewed or revoked, the latest to end first."""
    query = _select(work, **filters).where(_conditions(work)[Status.EXPIRED])
    return _page(work, query, [_OF.valid_to, _OF.id], limit, cursor, descending=True)


@handles(contract.SHOW_LICENCE)
def show_licence(work: Work, licence_id: str) -> dict[str, Any]:
    query = sa.select(licence, enterprise.c.name.label("enterprise_name")).join(enterprise, enterprise.c.id == _OF.enterprise_id)
    row = work.session.execute(query.where(_OF.id == licence_id, work.within(licence))).mappings().one_or_none()
    if row is None:
        raise absent(Licence, "证照")
    editions = sa.select(licence_edition).where(licence_edition.c.licence_id == licence_id, work.within(licence_edition))
    found = work.session.execute(editions.order_by(licence_edition.c.edition.desc())).mappings().all()
    return _item(work, dict(row), _names(work)) | {"editions": [dict(edition) for edition in found]}


@handles(contract.VERIFY_LICENCE)
def verify_licence(work: Work, number: str, enterprise_name: str) -> dict[str, Any]:
    """Tell anybody who knows a permit's number and holder whether it is good."""
    query = sa.text("SELECT * FROM app.public_licence(:number, :holder)")
    rows = work.session.execute(query, {"number": number, "holder": enterprise_name}).mappings().all()
    names = _names(work)
    return {"items": [_item(work, dict(row) | {"window_from": None}, names) for row in rows]}


def _select(work: Work, q: str | None, **filters: Any) -> sa.Select[Any]:
    query = sa.select(*_ITEM, enterprise.c.name.label("enterprise_name")).join(enterprise, enterprise.c.id == _OF.enterprise_id)
    query = query.where(work.within(licence))
    if q:
        query = query.where(sa.or_(enterprise.c.name.icontains(q, autoescape=True), _OF.number == q))
    if place := filters.pop("region", None):
        low, high = region.span(region.prefix(place))
        query = query.where(_OF.region >= low, _OF.region < high)
    return query.where(*(_OF[name] == value for name, value in filters.items() if value is not None))


def _conditions(work: Work) -> dict[Status, sa.ColumnElement[bool]]:
    """The states of today as conditions on the dates; ``Licence.status_on`` says the same of one licence."""
    is_over, is_near = sa.func.coalesce(_OF.valid_to < work.today, False), sa.func.coalesce(_OF.window_from <= work.today, False)
    runs = sa.and_(_OF.status.in_((Status.VALID, Status.EXPIRING)), sa.not_(is_over))
    return {
        Status.REVOKED: _OF.status == Status.REVOKED,
        Status.EXPIRED: sa.and_(_OF.status != Status.REVOKED, _OF.valid_to < work.today),
        Status.SUSPENDED: sa.and_(_OF.status == Status.SUSPENDED, sa.not_(is_over)),
        Status.EXPIRING: sa.and_(runs, _OF.valid_to.between(work.today, work.today + timedelta(days=LONGEST_WINDOW)), is_near),
        Status.VALID: sa.and_(runs, sa.not_(is_near)),
    }


def _page(
    work: Work, query: sa.Select[Any], columns: list[Any], limit: int, cursor: str | None, descending: bool
) -> dict[str, Any]:
    found = paging.page(work.session, query, columns, limit, cursor, descending)
    names = _names(work)
    found["items"] = [_item(work, dict(row), names) for row in found["items"]]
    return found


def _names(work: Work) -> dict[str, str]:
    return {row["code"]: row["name"] for row in catalogue.rows(work, "licence_types")}


def _item(work: Work, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Add what follows from the dates and the catalogue."""
    end, start = row["valid_to"], row["window_from"]
    row["licence_name"] = names.get(row["licence_type"], row["licence_type"])
    row["days_left"] = None if end is None else (end - work.today).days
    row["window_days"] = None if end is None or start is None else (end - start).days
    if row["status"] != Status.REVOKED and end is not None:
        if end < work.today:
            row["status"] = Status.EXPIRED
        elif row["status"] == Status.VALID and start is not None and start <= work.today:
            row["status"] = Status.EXPIRING
    return row
