"""Departments: entered and changed; their people's scope follows at the next request."""

import sqlalchemy as sa

from gateway.contract import departments as contract
from gateway.identity import repository
from gateway.identity.domain.department import Department
from gateway.identity.tables import account
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.CREATE_DEPARTMENT)
def create_department(
    work: Work, name: str, region: str, industries: list[str], position: int, parent_id: str | None = None, id: str | None = None
) -> Department:
    department = Department(id or ids.new_id(), name, region)
    department.describe(name, region, industries, _parent(work, parent_id), position)
    repository.keep_department(work, department)
    return department


@handles(contract.CHANGE_DEPARTMENT)
def change_department(
    work: Work,
    department_id: str,
    name: str,
    region: str,
    industries: list[str],
    position: int,
    is_active: bool,
    parent_id: str | None = None,
    version: int | None = None,
) -> Department:
    department = repository.find_department(work, department_id)
    work.expect(department, version)
    department.describe(name, region, industries, _parent(work, parent_id), position)
    department.is_active = is_active
    work.session.execute(sa.update(account).where(account.c.department_id == department.id).values(region=region))
    repository.keep_department(work, department)
    return department


def _parent(work: Work, parent_id: str | None) -> Department | None:
    return repository.find_department(work, parent_id, lock=False) if parent_id else None
