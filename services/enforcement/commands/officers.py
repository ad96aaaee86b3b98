"""Bureaus register their officers and the certificates that let them inspect."""

from typing import Any

from services.enforcement import repository
from services.enforcement.contract import officers as contract
from services.enforcement.domain import authority as authorities
from services.enforcement.domain.officer import Officer
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.REGISTER_OFFICER)
def register_officer(work: Work, id: str | None = None, **values: Any) -> Officer:
    own = repository.own_authority(work)
    return _write(work, Officer(id or ids.new_id(), own.region, own.sector, authorities.area(own.region)), values)


@handles(contract.CHANGE_OFFICER)
def change_officer(work: Work, officer_id: str, version: int | None = None, **values: Any) -> Officer:
    return _write(work, _find(work, officer_id, version), values)


@handles(contract.RETIRE_OFFICER)
def retire_officer(work: Work, officer_id: str, version: int | None = None) -> Officer:
    """He is sent no more; what he did stays his."""
    officer = _find(work, officer_id, version)
    officer.retire()
    repository.keep_quietly(work, officer)
    return officer


def _write(work: Work, officer: Officer, values: dict[str, Any]) -> Officer:
    officer.write(values)
    repository.keep_quietly(work, officer)
    return officer


def _find(work: Work, officer_id: str, version: int | None) -> Officer:
    officer: Officer = repository.find_own(work, Officer, officer_id, "执法人员")
    work.expect(officer, version)
    return officer
