"""Bureaus keep check items of their own; one that a table uses is disabled, never deleted."""

from typing import Any

import sqlalchemy as sa

from services.enforcement import codes, repository
from services.enforcement.contract import check_items as contract
from services.enforcement.domain import authority as authorities
from services.enforcement.domain.check_item import CheckItem
from services.enforcement.tables import check_table_edition
from services.kernel import ids
from services.kernel.errors import Conflict
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_CHECK_ITEM)
def create_check_item(work: Work, id: str | None = None, **values: Any) -> dict[str, Any]:
    own = repository.own_authority(work)
    codes.check_item_codes(work, values)
    number = work.next_number(f"check_item:{own.region}:{own.sector}")
    code = f"CK-{own.region}-{own.sector[:2].upper()}-{number:04d}"
    item = CheckItem(id or ids.new_id(), own.region, own.sector, authorities.area(own.region), code)
    return _write(work, item, values)


@handles(contract.CHANGE_CHECK_ITEM)
def change_check_item(work: Work, check_item_id: str, version: int | None = None, **values: Any) -> dict[str, Any]:
    item = _find(work, check_item_id, version)
    codes.check_item_codes(work, values)
    return _write(work, item, values)


@handles(contract.DISABLE_CHECK_ITEM)
def disable_check_item(work: Work, check_item_id: str, version: int | None = None) -> dict[str, Any]:
    item = _find(work, check_item_id, version)
    item.disable()
    return _keep(work, item)


@handles(contract.ENABLE_CHECK_ITEM)
def enable_check_item(work: Work, check_item_id: str, version: int | None = None) -> dict[str, Any]:
    item = _find(work, check_item_id, version)
    item.enable()
    return _keep(work, item)


@handles(contract.DELETE_CHECK_ITEM)
def delete_check_item(work: Work, check_item_id: str, version: int | None = None) -> dict[str, Any]:
    """Take away an item that no edition of any table has ever used; the audit trail keeps its content."""
    item = _find(work, check_item_id, version)
    uses = sa.select(check_table_edition.c.id).where(check_table_edition.c.codes.contains([item.code]))
    if work.session.execute(uses.limit(1)).first() is not None:
        raise Conflict("check_item.in_use", "该检查内容已用于检查表，不能删除，可以停用")
    work.note(f"CheckItem:{item.id}", {"deleted": {name: getattr(item, name) for name in codes.FROZEN}})
    work.session.delete(item)
    return {"id": item.id}


def _write(work: Work, item: CheckItem, values: dict[str, Any]) -> dict[str, Any]:
    item.write(values)
    return _keep(work, item)


def _keep(work: Work, item: CheckItem) -> dict[str, Any]:
    repository.keep_quietly(work, item)
    return {name: getattr(item, name) for name in CheckItem.__dataclass_fields__} | {"origin": "own"}


def _find(work: Work, check_item_id: str, version: int | None) -> CheckItem:
    item: CheckItem = repository.find_own(work, CheckItem, check_item_id, "检查内容")
    work.expect(item, version)
    return item
