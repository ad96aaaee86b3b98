"""Lists of requests: changes of key fields, suspensions and resumptions.

What was never handed in is shown to its enterprise only.
"""

from typing import Any

import sqlalchemy as sa

from services.enterprise import answers, repository
from services.enterprise.contract import archive, suspension
from services.enterprise.domain.change import EnterpriseChange
from services.enterprise.domain.suspension import SuspensionRequest
from services.enterprise.tables import enterprise, enterprise_change, suspension_request
from services.kernel import paging
from services.kernel.service import handles
from services.kernel.work import Work


@handles(archive.LIST_CHANGES)
def list_changes(work: Work, **args: Any) -> dict[str, Any]:
    found = _page(work, EnterpriseChange, enterprise_change, **args)
    found["items"] = [answers.change(work, row["EnterpriseChange"], row["name"]) for row in found["items"]]
    return found


@handles(suspension.LIST_SUSPENSIONS)
def list_suspensions(work: Work, **args: Any) -> dict[str, Any]:
    found = _page(work, SuspensionRequest, suspension_request, **args)
    rows = found["items"]
    found["items"] = [answers.suspension(work, row["SuspensionRequest"], row["name"], row["suspension_kind"]) for row in rows]
    return found


@handles(suspension.SHOW_SUSPENSION)
def show_suspension(work: Work, suspension_id: str) -> dict[str, Any]:
    request, owner = repository.find_request(work, SuspensionRequest, suspension_id, "停复工申请", lock=False)
    return answers.suspension(work, request, owner.name, owner.suspension_kind)


def _page(
    work: Work,
    aggregate: type[Any],
    table: sa.Table,
    /,
    limit: int,
    cursor: str | None,
    q: str | None,
    **filters: Any,
) -> dict[str, Any]:
    of = table.c
    owner = enterprise.c
    query = sa.select(aggregate, owner.name, owner.suspension_kind).join(enterprise, owner.id == of.enterprise_id)
    query = query.where(work.within(table))
    query = query.where(sa.or_(of.submitted_at.is_not(None), of.enterprise_id == work.caller.enterprise_id))
    if q:
        query = query.where(owner.name.icontains(q, autoescape=True))
    query = query.where(*(of[name] == value for name, value in filters.items() if value is not None))
    return paging.page(work.session, query, [of.id], limit, cursor)
