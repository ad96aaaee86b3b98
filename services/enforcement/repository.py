"""Finds and keeps what bureaus own and what they do at enterprises; scope and authority are part of every query."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.enforcement.contract.events import InspectionState
from services.enforcement.domain import authority as authorities
from services.enforcement.domain.authority import Authority, Seal
from services.enforcement.domain.check_table import CheckTable
from services.enforcement.domain.document import INTERNAL, Document
from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.officer import Officer
from services.enforcement.domain.steps import DISCLOSED, Act
from services.enforcement.tables import check_table, department_ref, document, inspection
from services.kernel import catalogue, region
from services.kernel.caller import Caller, Kind
from services.kernel.errors import Forbidden, NotFound
from services.kernel.event import Fact
from services.kernel.work import Work, absent, within

MOST_LEVELS = 5  # Of departments inside one bureau.


def act(work: Work) -> Act:
    return Act(work.caller.id, work.caller.name, work.now, work.today)


def own_authority(work: Work) -> Authority:
    """The authority for which the caller acts; who has none enforces nothing."""
    caller = work.caller
    if caller.kind != Kind.REGULATOR or not caller.region:
        raise Forbidden("authority.none", "只有监管执法机关的人员可以办理")
    authorities.require_enforcing(caller.region)
    return Authority(caller.region, authorities.sector_of(_industries(work)))


def require_authority(work: Work, authority_region: str, sector: str) -> Authority:
    """Others may see, and superiors too; but only the authority itself acts."""
    own = own_authority(work)
    if own != Authority(authority_region, sector):
        raise Forbidden("authority.not_yours", "该事项由其他机关办理，您可以查看，不能办理", authority_region=authority_region)
    return own


def seal(work: Work, of: Authority) -> Seal:
    """How the authority names itself: as its bureau does, if the caller's department is known."""
    row = catalogue.row(work, "regions", of.region)
    return authorities.seal(of, row["name"], row["short_name"], _bureau(work, of.region))


def _industries(work: Work) -> Sequence[str]:
    """What the caller's department answers for; his own scope may be narrower, and speaks while the department is unknown."""
    found = _department(work, work.caller.department_id)
    return found["industries"] if found else work.caller.scope.industries


def _bureau(work: Work, of_region: str) -> str | None:
    """The name of the highest department of the same region above the caller's own."""
    found, name = _department(work, work.caller.department_id), None
    for _ in range(MOST_LEVELS):
        if found is None or found["region"] != of_region:
            break
        name, found = found["name"], _department(work, found["parent_id"])
    return name


def _department(work: Work, department_id: str | None) -> dict[str, Any] | None:
    if department_id is None:
        return None
    row = work.session.execute(sa.select(department_ref).where(department_ref.c.id == department_id)).mappings().one_or_none()
    return dict(row) if row else None


def in_regions(caller: Caller, column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a region lies in the caller's scope, whatever the industry."""
    if caller.scope.is_empty():
        return sa.false()
    if "*" in caller.scope.regions:
        return sa.true()
    spans = [region.span(prefix) for prefix in caller.scope.regions]
    return sa.or_(*(sa.and_(column >= low, column < high) for low, high in spans))


def usable(caller: Caller, table: sa.Table) -> sa.ColumnElement[bool]:
    """Items or tables of places in scope, of the own authority, and what is shared from above."""
    above = sa.literal(caller.region or "").startswith(table.c.area)
    shared = table.c.is_shared if "is_shared" in table.c else sa.true()
    return sa.or_(within(caller, table, by_place=True), sa.and_(above, sa.or_(shared, table.c.region == caller.region)))


def find_own(work: Work, kind: type, of_id: str, name: str) -> Any:
    """A check item, check table or officer of the caller's authority, locked; what he only sees is refused."""
    table: sa.Table = sa.inspect(kind).local_table
    query: sa.Select[Any] = sa.select(kind).where(table.c.id == of_id, usable(work.caller, table))
    found = work.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise absent(kind, name)
    require_authority(work, found.region, found.sector)
    return found


def find_table(work: Work, check_table_id: str) -> CheckTable:
    """A check table that the caller may use."""
    query = sa.select(CheckTable).where(check_table.c.id == check_table_id, usable(work.caller, check_table))
    found = work.session.scalars(query).one_or_none()
    if found is None:
        raise absent(CheckTable, "检查表")
    return found


def find_officers(work: Work, of: Authority, officer_ids: Sequence[str]) -> list[Officer]:
    """The authority's officers in the order of their ids as given; another authority's are not found."""
    columns: Any = Officer
    query = sa.select(Officer).where(columns.id.in_(officer_ids), columns.region == of.region, columns.sector == of.sector)
    found = {officer.id: officer for officer in work.session.scalars(query)}
    if missing := [each for each in officer_ids if each not in found]:
        raise NotFound("officer.not_found", "没有找到该执法人员，请从本机关执法人员中选择", officer_id=missing[0])
    return [found[each] for each in dict.fromkeys(officer_ids)]


def disclosed(caller: Caller) -> sa.ColumnElement[bool]:
    """What has been recorded is for all in scope; what is being planned, for the authority and those above it."""
    is_recorded = inspection.c.state.in_(DISCLOSED)
    if caller.kind in (Kind.REGULATOR, Kind.SYSTEM):
        return sa.or_(
            is_recorded, in_regions(caller, inspection.c.authority_region), inspection.c.authority_region == caller.region
        )
    return is_recorded


def find_inspection(work: Work, inspection_id: str, lock: bool = True) -> Inspection:
    return work.find(Inspection, inspection_id, "检查", lock, disclosed(work.caller))


def find_own_inspection(work: Work, inspection_id: str, version: int | None) -> tuple[Inspection, Authority]:
    """The inspection, locked, with the caller's authority, which conducts it."""
    found = find_inspection(work, inspection_id)
    own = require_authority(work, found.authority_region, found.authority_sector)
    work.expect(found, version)
    return found, own


def keep(work: Work, kept: Inspection, *facts: Fact) -> None:
    work.keep(kept, InspectionState, *facts)


def keep_quietly(work: Work, kept: Any) -> None:
    """Save what announces nothing itself."""
    work.keep(kept)


def readable(caller: Caller) -> sa.ColumnElement[bool]:
    """Internal forms are for regulators, and those of a scheme not yet carried out for its authority and those above."""
    if caller.kind in (Kind.REGULATOR, Kind.SYSTEM):
        own = sa.or_(in_regions(caller, document.c.authority_region), document.c.authority_region == caller.region)
        return sa.or_(document.c.form.not_in(INTERNAL), own)
    return document.c.form.not_in(INTERNAL)


def find_document(work: Work, document_id: str, lock: bool = True) -> Document:
    return work.find(Document, document_id, "文书", lock, readable(work.caller))
