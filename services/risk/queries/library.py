"""The provincial risk library, the log of batch operations, categories and catalogues."""

from typing import Any

import sqlalchemy as sa

from services.kernel import catalogue as catalogues
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.tables import catalogue
from services.kernel.work import Work
from services.risk.contract import library as contract
from services.risk.queries import filters as shared
from services.risk.repository import scope
from services.risk.tables import risk_batch, risk_category

LIBRARY = "risk_library"
MOST_CATEGORIES = 1000


@handles(contract.LIST_LIBRARY)
def list_risk_library(work: Work, limit: int, cursor: str | None, q: str | None, **filters: Any) -> dict[str, Any]:
    """Typical points by industry, in the order of the catalogue."""
    of, industry = catalogue.c, filters.pop("industry", None)
    in_force = sa.or_(of.effective_to.is_(None), of.effective_to > work.today)
    query = sa.select(of.data).where(of.name == LIBRARY, of.effective_from <= work.today, in_force)
    if industry:
        query = query.where(of.data["industry_code"].astext.startswith(industry, autoescape=True))
    if q:
        query = query.where(of.data["name"].astext.icontains(q, autoescape=True))
    query = query.where(*(of.data[name].astext == value for name, value in filters.items() if value))
    return paging.page(work.session, query, [of.position, of.code], limit, cursor, descending=False)


@handles(contract.SHOW_RISK_CATALOGUE)
def show_risk_catalogue(work: Work, name: str) -> dict[str, Any]:
    return {"items": catalogues.rows(work, name)}


@handles(contract.LIST_BATCHES)
def list_risk_batches(work: Work, limit: int, cursor: str | None, sort: str, action: str | None) -> dict[str, Any]:
    """The enterprise's own log; nobody else reads it."""
    own = scope.own_or(work.caller, risk_batch.c.enterprise_id, sa.false())
    query = sa.select(*risk_batch.c).where(work.within(risk_batch), own, *shared.chosen(risk_batch, {"action": action}))
    return shared.page(work, query, risk_batch.c.id, limit, cursor, sort)


@handles(contract.LIST_CATEGORIES)
def list_risk_categories(work: Work) -> dict[str, Any]:
    of = risk_category.c
    own = scope.own_or(work.caller, of.enterprise_id, sa.false())
    query = sa.select(*of).where(work.within(risk_category), own).order_by(of.position, of.id).limit(MOST_CATEGORIES)
    return {"items": [dict(row) for row in work.session.execute(query).mappings()]}
