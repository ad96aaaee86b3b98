"""The enterprise arranges the categories of its points."""

from typing import Any

import sqlalchemy as sa

from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import library as contract
from services.risk.domain.category import Category
from services.risk.repository import points, references
from services.risk.tables import risk_category, risk_point


@handles(contract.CREATE_CATEGORY)
def create_risk_category(work: Work, name: str, parent_id: str | None, position: int, id: str | None = None) -> Category:
    enterprise = references.own_enterprise(work)
    category = Category(id or ids.new_id(), **references.owner_of(enterprise), name=name)
    category.write(name, position, _parent(work, parent_id))
    work.keep(category)
    return category


@handles(contract.CHANGE_CATEGORY)
def change_risk_category(
    work: Work, category_id: str, version: int | None, name: str, parent_id: str | None, position: int
) -> Category:
    category = points.find_category(work, category_id)
    work.expect(category, version)
    category.write(name, position, _parent(work, parent_id), _count(work, risk_category.c.parent_id, category_id) > 0)
    work.keep(category)
    return category


@handles(contract.DELETE_CATEGORY)
def delete_risk_category(work: Work, category_id: str, version: int | None) -> Category:
    """Delete a category that nothing uses."""
    category = points.find_category(work, category_id)
    work.expect(category, version)
    category.require_unused(
        _count(work, risk_point.c.category_id, category_id), _count(work, risk_category.c.parent_id, category_id)
    )
    work.note(f"Category:{category.id}", {"deleted": category.name})
    work.session.delete(category)
    return category


def _parent(work: Work, parent_id: str | None) -> Category | None:
    return points.find_category(work, parent_id, lock=False) if parent_id else None


def _count(work: Work, column: Any, category_id: str) -> int:
    return work.session.scalar(sa.select(sa.func.count()).where(column == category_id)) or 0
