"""The workers of one enterprise, their numbers masked."""

from typing import Any

import sqlalchemy as sa

from services.enterprise import repository
from services.enterprise.contract import personnel as contract
from services.enterprise.domain.worker import Worker
from services.enterprise.tables import worker
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.LIST_PERSONNEL)
def list_personnel(work: Work, enterprise_id: str, limit: int, cursor: str | None, q: str | None) -> dict[str, Any]:
    repository.find(work, enterprise_id, lock=False)
    of = worker.c
    query = sa.select(worker).where(of.enterprise_id == enterprise_id, sa.not_(of.is_removed), work.within(worker))
    if q:
        query = query.where(sa.or_(of.name.contains(q, autoescape=True), repository.has_number(q)))
    return paging.page(work.session, query, [of.id], limit, cursor)


@handles(contract.SHOW_WORKER)
def show_worker(work: Work, worker_id: str) -> Worker:
    return repository.find_worker(work, worker_id)
