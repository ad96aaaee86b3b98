"""Bureaus compose check tables, share them with those below, and copy what others share."""

from typing import Any

from services.enforcement import codes, repository
from services.enforcement.contract import check_tables as contract
from services.enforcement.domain import authority as authorities
from services.enforcement.domain.check_table import CheckTable, Edition
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_CHECK_TABLE)
def create_check_table(
    work: Work, name: str, industry: str, item_codes: list[str], is_shared: bool, id: str | None = None
) -> CheckTable:
    codes.check_industry(work, industry)
    table = _new(work, id, name, industry)
    table.share(is_shared)
    return _publish(work, table, codes.frozen_items(work, item_codes))


@handles(contract.RECOMPOSE_CHECK_TABLE)
def recompose_check_table(
    work: Work, check_table_id: str, name: str | None, item_codes: list[str], version: int | None = None
) -> CheckTable:
    """Publish the next edition; inspections keep the one of their scheme."""
    table = _find(work, check_table_id, version)
    return _publish(work, table, codes.frozen_items(work, item_codes), name)


@handles(contract.COPY_CHECK_TABLE)
def copy_check_table(work: Work, check_table_id: str, name: str, id: str | None = None) -> CheckTable:
    """Make an own table of the newest edition of one that may be used."""
    of = repository.find_table(work, check_table_id)
    return _publish(work, _new(work, id, name, of.industry), of.items)


@handles(contract.SHARE_CHECK_TABLE)
def share_check_table(work: Work, check_table_id: str, is_shared: bool, version: int | None = None) -> CheckTable:
    table = _find(work, check_table_id, version)
    table.share(is_shared)
    repository.keep_quietly(work, table)
    return table


@handles(contract.DISABLE_CHECK_TABLE)
def disable_check_table(work: Work, check_table_id: str, version: int | None = None) -> CheckTable:
    table = _find(work, check_table_id, version)
    table.disable()
    repository.keep_quietly(work, table)
    return table


def _new(work: Work, table_id: str | None, name: str, industry: str) -> CheckTable:
    own = repository.own_authority(work)
    return CheckTable(table_id or ids.new_id(), own.region, own.sector, authorities.area(own.region), industry, name)


def _publish(work: Work, table: CheckTable, items: list[dict[str, Any]], name: str | None = None) -> CheckTable:
    edition: Edition = table.publish(ids.new_id(), items, name)
    repository.keep_quietly(work, table)
    work.session.add(edition)
    work.session.flush()
    return table


def _find(work: Work, check_table_id: str, version: int | None) -> CheckTable:
    table: CheckTable = repository.find_own(work, CheckTable, check_table_id, "检查表")
    work.expect(table, version)
    return table
