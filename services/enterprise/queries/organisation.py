"""The tree of units of one enterprise."""

from typing import Any

import sqlalchemy as sa

from services.enterprise import repository
from services.enterprise.answers import masked
from services.enterprise.contract import organisation as contract
from services.enterprise.contract import permissions
from services.enterprise.tables import org_unit
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.SHOW_ORG_TREE)
def show_org_tree(work: Work, enterprise_id: str, is_active: bool | None) -> dict[str, Any]:
    """Parents before their children, siblings in the order the enterprise gave them."""
    repository.find(work, enterprise_id, lock=False)
    of = org_unit.c
    query = sa.select(org_unit).where(of.enterprise_id == enterprise_id, work.within(org_unit))
    if is_active is not None:
        query = query.where(of.is_active == is_active)
    rows = work.session.execute(query.order_by(sa.func.cardinality(of.path), of.position, of.id)).mappings().all()
    is_whole = repository.acts_for(work.caller, enterprise_id) or work.caller.may(permissions.UNMASK)
    return {"items": [dict(row) | {"phone": row["phone"] if is_whole else masked(row["phone"])} for row in rows]}
