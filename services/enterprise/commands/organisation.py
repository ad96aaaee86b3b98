"""The enterprise arranges its organisation units."""

from collections.abc import Sequence
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
    descendants = _below(work, unit)
    repository.keep_unit(work, unit, unit.move(_other(work, parent_id, unit.enterprise_id)))
    for each in descendants:
        repository.keep_unit(work, each, each.rehang(unit))
    return unit


@handles(contract.MERGE_ORG_UNIT)
def merge_org_unit(work: Work, unit_id: str, into_id: str, version: int | None = None) -> OrgUnit:
    """Take a unit out of use in favour of another, under which its children come; services let theirs follow when they hear it."""
    unit = _find(work, unit_id, version)
    into = _other(work, into_id, unit.enterprise_id, "目标单元")
    descendants = _below(work, unit)
    children = [each for each in descendants if each.parent_id == unit.id]
    there = sa.select(org_unit.c.name).where(org_unit.c.parent_id == into.id, org_unit.c.is_active, org_unit.c.id != unit.id)
    merged = unit.merge(into, children, set(work.session.scalars(there)), _filed_lists(work, unit))
    repository.keep_unit(work, unit, merged)  # First, since two children of one name may not be in use under one parent.
    for child in children:
        repository.keep_unit(work, child, child.place_under(into))
        for each in descendants:
            if child.id in each.path and each.id != child.id:
                repository.keep_unit(work, each, each.rehang(child))
    return unit


@handles(contract.DISABLE_ORG_UNIT)
def disable_org_unit(work: Work, unit_id: str, version: int | None = None) -> OrgUnit:
    unit = _find(work, unit_id, version)
    children = sa.select(org_unit.c.id).where(org_unit.c.parent_id == unit.id, org_unit.c.is_active).limit(1)
    repository.keep_unit(work, unit, unit.disable(work.session.scalar(children) is not None, _filed_lists(work, unit)))
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


def _other(work: Work, unit_id: str, enterprise_id: str, name: str = "上级单元") -> OrgUnit:
    """Another unit of the same enterprise."""
    unit = work.find(OrgUnit, unit_id, name, lock=False)
    if unit.enterprise_id != enterprise_id:
        raise Conflict("org_unit.foreign", f"{name}不属于本企业")
    return unit


def _below(work: Work, unit: OrgUnit) -> Sequence[OrgUnit]:
    """Every unit below this one, locked."""
    below = sa.and_(org_unit.c.path.contains([unit.id]), org_unit.c.id != unit.id, org_unit.c.enterprise_id == unit.enterprise_id)
    return work.session.scalars(sa.select(OrgUnit).where(below).order_by(org_unit.c.id).with_for_update()).all()


def _filed_lists(work: Work, unit: OrgUnit) -> list[str]:
    """The names of its lists in force."""
    of = filed_list.c
    return list(work.session.scalars(sa.select(of.name).where(of.unit_id == unit.id, of.is_filed).order_by(of.id)))
