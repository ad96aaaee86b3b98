"""The qualification certificates of one enterprise."""

from typing import Any

import sqlalchemy as sa

from services.enterprise import repository
from services.enterprise.contract import qualification as contract
from services.enterprise.tables import qualification
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.LIST_QUALIFICATIONS)
def list_qualifications(work: Work, enterprise_id: str, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    repository.find(work, enterprise_id, lock=False)
    of = qualification.c
    query = sa.select(qualification).where(of.enterprise_id == enterprise_id, sa.not_(of.is_removed), work.within(qualification))
    if q:
        query = query.where(of.number.contains(q, autoescape=True))
    return paging.page(work.session, query, [of.id], limit, cursor)
