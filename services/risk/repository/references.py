"""The copies of enterprises and of their organisation units."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.enterprise.contract.reference import find_reference
from services.kernel.errors import Conflict, NotFound
from services.kernel.work import Work
from services.risk.domain.levels import Tier
from services.risk.repository import scope
from services.risk.tables import enterprise_ref, enterprise_stop, org_unit_ref

RUNNING = ("active", "suspended")


def find_unit(work: Work, unit_id: str, is_held: bool = False) -> Mapping[str, Any]:
    """The unit in scope; units of others, and units outside the caller's own, are as if they did not exist."""
    query = sa.select(org_unit_ref).where(org_unit_ref.c.id == unit_id, work.within(org_unit_ref))
    query = query.where(scope.in_unit(work.caller, org_unit_ref.c.id))
    found = work.session.execute(query.with_for_update(read=True) if is_held else query).mappings().one_or_none()
    if found is None:
        raise NotFound("org_unit.not_found", "没有找到该单元")
    return dict(found)


def find_own_unit(work: Work, unit_id: str) -> Mapping[str, Any]:
    """A unit in use of the caller's own, running enterprise; it stays so until the end of the transaction."""
    unit = find_unit(work, unit_id, is_held=True)
    scope.require_own(work, unit["enterprise_id"])
    require_running(work, unit["enterprise_id"])
    if not unit["is_active"]:
        raise Conflict("org_unit.disabled", f"单元「{unit['name']}」已停用")
    return unit


def hold_units(work: Work, enterprise_id: str) -> None:
    """Let the enterprise's units in use stay so until the end of the transaction."""
    of = org_unit_ref.c
    in_use = sa.select(of.id).where(of.enterprise_id == enterprise_id, of.is_active).order_by(of.id)
    work.session.execute(in_use.with_for_update(read=True))


def require_running(work: Work, enterprise_id: str) -> Mapping[str, Any]:
    """The enterprise's copy, when it is approved and not closed."""
    found = find_reference(work, enterprise_ref, enterprise_id)
    if found is None or found["status"] not in RUNNING:
        raise Conflict("enterprise.not_running", "企业未通过审核或已注销，不能办理此事项")
    return found


def own_enterprise(work: Work) -> Mapping[str, Any]:
    """The caller's own enterprise, as the owner of what he makes."""
    if work.caller.enterprise_id is None:
        raise NotFound("enterprise.not_found", "没有找到该企业")
    return require_running(work, work.caller.enterprise_id)


def owner_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("enterprise_id", "region", "industry")}


def tiers_of(work: Work, enterprise_id: str) -> set[Tier]:
    """The tiers that the enterprise's organisation has."""
    of = org_unit_ref.c
    found = work.session.scalars(sa.select(of.tier).distinct().where(of.enterprise_id == enterprise_id, of.is_active))
    return {Tier(tier) for tier in found}


def keep_unit(work: Work, state: Mapping[str, Any]) -> None:
    """Take over the announced unit unless the copy is as new."""
    work.keep_copy(org_unit_ref, {column.name: state.get(column.name) for column in org_unit_ref.c})


def stop(work: Work, state: Mapping[str, Any], on: date) -> None:
    """Note that the enterprise stands still from a day on, unless something newer is known."""
    row = {"enterprise_id": state["id"], "region": state["region"], "industry": state["industry"], "version": state["version"]}
    work.keep_copy(enterprise_stop, row | {"from_on": on, "to_on": None})


def resume(work: Work, state: Mapping[str, Any], on: date) -> None:
    """Note the day from which the enterprise runs again."""
    of = enterprise_stop.c
    stands = sa.and_(of.enterprise_id == state["id"], of.to_on.is_(None), of.version < state["version"])
    work.session.execute(sa.update(enterprise_stop).where(stands).values(to_on=on, version=state["version"]))
