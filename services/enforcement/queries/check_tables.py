"""Check tables that the caller may use, and each of their editions."""

from typing import Any

import sqlalchemy as sa

from services.enforcement import repository
from services.enforcement.contract import check_tables as contract
from services.enforcement.domain.check_table import CheckTable
from services.enforcement.queries.check_items import applicable
from services.enforcement.tables import check_table, check_table_edition
from services.kernel import paging
from services.kernel.contract import made
from services.kernel.errors import NotFound
from services.kernel.service import handles
from services.kernel.work import Work

LINE = [check_table.c[name] for name in contract.CheckTableLine().fields]


@handles(contract.LIST_CHECK_TABLES)
def list_check_tables(
    work: Work, limit: int, cursor: str | None, q: str | None, industry: str | None, is_active: bool | None
) -> dict[str, Any]:
    query = sa.select(*LINE).where(repository.usable(work.caller, check_table))
    if q:
        query = query.where(check_table.c.name.icontains(q, autoescape=True))
    if industry:
        query = query.where(applicable(check_table.c.industry, industry))
    if is_active is not None:
        query = query.where(check_table.c.is_active == is_active)
    return paging.page(work.session, query, [check_table.c.id], limit, cursor)


@handles(contract.SHOW_CHECK_TABLE)
def show_check_table(work: Work, check_table_id: str, edition: int | None) -> CheckTable | dict[str, Any]:
    """The newest edition, or the one asked for."""
    table = repository.find_table(work, check_table_id)
    if edition is None or edition == table.edition:
        return table
    of = check_table_edition.c
    query = sa.select(of.edition, of.name, of["items"]).where(of.check_table_id == table.id, of.edition == edition)
    found = work.session.execute(query).mappings().one_or_none()
    if found is None:
        raise NotFound("check_table.no_such_edition", f"检查表没有第{edition}版")
    return {name: getattr(table, name) for name in made(contract.CheckTable).fields} | dict(found)
