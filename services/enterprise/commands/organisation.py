"""The enterprise arranges its organisation units."""

from typing import Any

import sqlalchemy as sa

from services.enterprise import repository
from services.enterprise.contract import organisation as contract
from services.enterprise.domain.org_unit import MOST_UNITS, OrgUnit
from services.enterprise.tables import filed_list, org_unit
from services.kernel import ids
from services.kernel.errors import Conflict
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_ORG_UNIT)
def create_org_unit(work: Work, enterprise_id: str, parent_id: str, id: str | None = None, **values: Any) -> OrgUnit:
    enterprise = repository.find_own(work, enterprise_id, lock=False)
    enterprise.require_running()
    repository.lock_tree(work, enterprise.id)
    count = sa.select(sa.func.count()).select_from(org_unit).where(org_unit.c.enterprise_id == enterprise.id)
    if (work.session.scalar(count) or 0) >= MOST_UNITS:
        raise Conflict("org_unit.too_many", f"一个企业最多{MOST_UNITS}个组织单元")
    unit = OrgUnit(
        id=id or ids.new_id(), enterprise_id=enterprise.id, region=enterprise.region, industry=enterprise.industry, **values
    )
    repository.keep_unit(work, unit, unit.place_under(_other(work, parent_id, enterprise.id)))
    return unit


@handles(contract.EDIT_ORG_UNIT)
def edit_org_unit(work: Work, unit_id: str, version: int | None = None, **values: Any) -> OrgUnit:
    unit = _find(work, unit_id, version)
    repository.keep_unit(work, unit, unit.edit(**values))
    return unit


@handles(contract.MOVE_ORG_UNIT)
def move_org_unit(work: Work, unit_id: str, parent_id: str, version: int | None = None) -> OrgUnit:
    """Hang a unit with all below it under another; each unit whose path changes is announced."""
    unit = _find(work, unit_id, version)
    below = sa.and_(org_unit.c.path.contains([unit.id]), org_unit.c.id != unit.id, org_unit.c.enterprise_id == unit.enterprise_id)
    descendants = work.session.scalars(sa.select(OrgUnit).where(below).order_by(org_unit.c.id).with_for_update()).all()
    repository.keep_unit(work, unit, unit.move(_other(work, parent_id, unit.enterprise_id)))
    for each in descendants:
        repository.keep_unit(work, each, each.rehang(unit))
    return unit


@handles(contract.DISABLE_ORG_UNIT)
def disable_org_unit(work: Work, unit_id: str, version: int | None = None) -> OrgUnit:
    unit = _find(work, unit_id, version)
    children = sa.select(org_unit.c.id).where(org_unit.c.parent_id == unit.id, org_unit.c.is_active).limit(1)
    lists = sa.select(filed_list.c.name).where(filed_list.c.unit_id == unit.id, filed_list.c.is_filed).order_by(filed_list.c.id)
    filed = list(work.session.scalars(lists))
    repository.keep_unit(work, unit, unit.disable(work.session.scalar(children) is not None, filed))
    return unit


@handles(contract.ENABLE_ORG_UNIT)
def enable_org_unit(work: Work, unit_id: str, version: int | None = None) -> OrgUnit:
    unit = _find(work, unit_id, version)
    parent = unit if unit.parent_id is None else _other(work, unit.parent_id, unit.enterprise_id)
    repository.keep_unit(work, unit, unit.enable(parent))
    return unit


def _find(work: Work, unit_id: str, version: int | None) -> OrgUnit:
    """The unit, once no other change of the same tree is under way."""
    repository.lock_tree(work, sa.select(org_unit.c.enterprise_id).where(org_unit.c.id == unit_id).scalar_subquery())
    unit = work.find(OrgUnit, unit_id, "组织单元")
    repository.require_own(work, unit.enterprise_id)
    work.expect(unit, version)
    return unit


def _other(work: Work, unit_id: str, enterprise_id: str) -> OrgUnit:
    """Another unit of the same enterprise."""
    unit = work.find(OrgUnit, unit_id, "上级单元", lock=False)
    if unit.enterprise_id != enterprise_id:
        raise Conflict("org_unit.foreign", "上级单元不属于本企业")
    return unit
