"""The enterprise, or its applicant in the wizard, keeps its qualification certificates."""

from typing import Any

from services.enterprise import repository
from services.enterprise.contract import qualification as contract
from services.enterprise.domain.qualification import Qualification
from services.kernel import catalogue, ids
from services.kernel.service import handles
from services.kernel.work import Work, plain


@handles(contract.ADD_QUALIFICATION)
def add_qualification(work: Work, enterprise_id: str, id: str | None = None, **values: Any) -> Qualification:
    enterprise = repository.find_own(work, enterprise_id)
    enterprise.require_fillable()
    qualification = Qualification(id or ids.new_id(), enterprise.id, enterprise.region, enterprise.industry)
    _write(work, qualification, values)
    return qualification


@handles(contract.EDIT_QUALIFICATION)
def edit_qualification(work: Work, qualification_id: str, version: int | None = None, **values: Any) -> Qualification:
    qualification = _find(work, qualification_id, version)
    _write(work, qualification, values)
    return qualification


@handles(contract.REMOVE_QUALIFICATION)
def remove_qualification(work: Work, qualification_id: str, version: int | None = None) -> dict[str, Any]:
    """Take the certificate out of the file; its row stays."""
    qualification = _find(work, qualification_id, version)
    qualification.remove()
    repository.keep_request(work, qualification)
    return {}


def _write(work: Work, qualification: Qualification, values: dict[str, Any]) -> None:
    rows = catalogue.rows(work, "construction_qualifications")
    levels = {row["code"]: (row["class"], row["levels"].split(";")) for row in rows}
    qualification.write(values | {"details": plain(values["details"])}, levels)
    repository.keep_request(work, qualification)


def _find(work: Work, qualification_id: str, version: int | None) -> Qualification:
    qualification, enterprise = repository.find_request(work, Qualification, qualification_id, "资质")
    repository.require_own(work, enterprise.id)
    enterprise.require_fillable()
    work.expect(qualification, version)
    return qualification
