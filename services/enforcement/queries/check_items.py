"""Check items of the provincial library and of the bureaus, in one list by their codes."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from services.enforcement import codes, repository
from services.enforcement.contract import check_items as contract
from services.enforcement.domain.check_item import ALL_INDUSTRIES
from services.enforcement.tables import check_item
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.tables import catalogue
from services.kernel.work import Work

COLUMNS = [name for name in contract.CheckItem().fields if name in check_item.c]


@handles(contract.LIST_CHECK_ITEMS)
def list_check_items(
    work: Work,
    limit: int,
    cursor: str | None,
    q: str | None,
    industry: str | None,
    category: str | None,
    **equal: Any,
) -> dict[str, Any]:
    every = sa.union_all(_library(work), _own(work)).subquery("item")
    query = sa.select(every).where(*(every.c[name] == value for name, value in equal.items() if value is not None))
    if q:
        query = query.where(sa.or_(every.c.item.icontains(q, autoescape=True), every.c.code == q))
    if industry:
        query = query.where(applicable(every.c.industry, industry))
    if category:
        query = query.where(every.c.category == category)
    return paging.page(work.session, query, [every.c.code], limit, cursor, descending=False)


def applicable(column: sa.ColumnElement[str], industry: str) -> sa.ColumnElement[bool]:
    """What is meant for every industry, for this one, or for the class above it."""
    return sa.or_(column == ALL_INDUSTRIES, sa.literal(industry).startswith(column))


def _library(work: Work) -> sa.Select[Any]:
    data = {name: sa.func.nullif(catalogue.c.data[name].astext, "") for name in (*codes.FROZEN, "industry_code", "check_methods")}
    given: dict[str, Any] = data | {
        "id": sa.null(), "region": sa.null(), "version": sa.literal(1), "is_active": sa.true(), "industry": data["industry_code"],
        "methods": sa.cast(sa.func.string_to_array(data["check_methods"], ";"), ARRAY(sa.Text())),
        "default_deadline_days": sa.cast(data["default_deadline_days"], sa.Integer()),
    }  # fmt: skip
    columns = [sa.cast(given[name], check_item.c[name].type).label(name) for name in COLUMNS]
    ends = sa.or_(catalogue.c.effective_to.is_(None), catalogue.c.effective_to > work.today)
    query = sa.select(*columns, sa.literal("library").label("origin"))
    return query.where(catalogue.c.name == codes.LIBRARY, catalogue.c.effective_from <= work.today, ends)


def _own(work: Work) -> sa.Select[Any]:
    columns = [check_item.c[name] for name in COLUMNS]
    return sa.select(*columns, sa.literal("own").label("origin")).where(repository.usable(work.caller, check_item))
