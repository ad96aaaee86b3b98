"""Officers make schemes, and their leader decides on them."""

from typing import Any

import sqlalchemy as sa

from services.enforcement import answers, issuing, repository
from services.enforcement.contract import inspections as contract
from services.enforcement.domain import frequency, wording
from services.enforcement.domain.authority import Authority
from services.enforcement.domain.document import Form
from services.enforcement.domain.inspection import Inspection, TableUsed
from services.enforcement.domain.steps import State
from services.enforcement.tables import enterprise_ref, inspection
from services.enterprise.contract.reference import find_reference
from services.kernel import ids
from services.kernel.errors import Conflict, NotFound
from services.kernel.service import handles
from services.kernel.work import Work

INSPECTED = ("active", "suspended")
UNDECIDED = (State.SCHEME_DRAFT, State.SCHEME_PENDING, State.CANCELLED)


@handles(contract.DRAFT_INSPECTION)
def draft_inspection(work: Work, enterprise_id: str, id: str | None = None, **values: Any) -> dict[str, Any]:
    own = repository.own_authority(work)
    enterprise = _enterprise(work, enterprise_id)
    drafted = Inspection(
        id or ids.new_id(), enterprise_id, enterprise["region"], enterprise["industry"], enterprise["name"], own.region, own.sector
    )
    return _write(work, drafted, own, **values)


@handles(contract.REVISE_INSPECTION)
def revise_inspection(work: Work, inspection_id: str, version: int | None = None, **values: Any) -> dict[str, Any]:
    found, own = repository.find_own_inspection(work, inspection_id, version)
    return _write(work, found, own, **values)


@handles(contract.SUBMIT_INSPECTION)
def submit_inspection(work: Work, inspection_id: str, version: int | None = None) -> dict[str, Any]:
    found, own = repository.find_own_inspection(work, inspection_id, version)
    found.submit(repository.find_officers(work, own, found.officer_ids), repository.act(work))
    return _keep(work, found)


@handles(contract.DECIDE_INSPECTION)
def decide_inspection(
    work: Work, inspection_id: str, is_approved: bool, opinion: str, version: int | None = None
) -> dict[str, Any]:
    """Approve the scheme, which becomes a numbered document, or return it."""
    found, own = repository.find_own_inspection(work, inspection_id, version)
    act = repository.act(work)
    if not is_approved:
        found.return_scheme(opinion, act)
        return _keep(work, found)
    grade = _grade(work, found.enterprise_id)
    found.approve(opinion, grade, _planned_before(work, found), act)
    seal = repository.seal(work, own)
    issuing.issue(work, found, own, seal, Form.SCHEME, wording.scheme(found, seal, opinion, work.caller.name, work.today))
    return _keep(work, found)


@handles(contract.CANCEL_INSPECTION)
def cancel_inspection(work: Work, inspection_id: str, reason: str, version: int | None = None) -> dict[str, Any]:
    found, _ = repository.find_own_inspection(work, inspection_id, version)
    found.cancel(reason, repository.act(work))
    return _keep(work, found)


def _write(
    work: Work, of: Inspection, own: Authority, check_table_id: str, officer_ids: list[str], **values: Any
) -> dict[str, Any]:
    table = repository.find_table(work, check_table_id)
    table.require_active()
    used = TableUsed(table.id, table.edition, table.name)
    of.write_scheme(values, used, table.items, repository.find_officers(work, own, officer_ids), work.today)
    return _keep(work, of)


def _enterprise(work: Work, enterprise_id: str) -> dict[str, Any]:
    found = find_reference(work, enterprise_ref, enterprise_id)
    if found is None:
        raise NotFound("enterprise.not_found", "没有找到该企业")
    if found["status"] not in INSPECTED:
        raise Conflict("inspection.enterprise_not_running", "该企业未通过注册审核或已注销，不能安排检查")
    return found


def _grade(work: Work, enterprise_id: str) -> str | None:
    """The enterprise's grade, its row locked: approvals for one enterprise count one after the other."""
    query = sa.select(enterprise_ref.c.grade).where(enterprise_ref.c.enterprise_id == enterprise_id).with_for_update()
    return work.session.execute(query).scalar_one_or_none()


def _planned_before(work: Work, of: Inspection) -> int:
    """Planned inspections that this authority has approved for this enterprise and year."""
    c = inspection.c
    same = sa.and_(c.enterprise_id == of.enterprise_id, c.planned_year == of.planned_year, c.id != of.id)
    mine = sa.and_(c.authority_region == of.authority_region, c.authority_sector == of.authority_sector)
    query = sa.select(sa.func.count()).where(same, mine, c.source.not_in(frequency.UNPLANNED), c.state.not_in(UNDECIDED))
    return int(work.session.execute(query).scalar_one())


def _keep(work: Work, of: Inspection) -> dict[str, Any]:
    repository.keep(work, of)
    return answers.detail(work, of)
