"""The enterprise, or its applicant in the wizard, keeps the records of its workers."""

from typing import Any

from services.enterprise import repository
from services.enterprise.contract import personnel as contract
from services.enterprise.domain.personal import Personal
from services.enterprise.domain.worker import NUMBERS, Worker
from services.kernel import catalogue, ids
from services.kernel.service import handles
from services.kernel.work import Work, plain


@handles(contract.ADD_WORKER)
def add_worker(work: Work, enterprise_id: str, id_number: str, id: str | None = None, **values: Any) -> Worker:
    enterprise = repository.find_own(work, enterprise_id)
    enterprise.require_fillable()
    worker = Worker(id or ids.new_id(), enterprise.id, enterprise.region, enterprise.industry, Personal(id_number))
    _write(work, worker, values)
    return worker


@handles(contract.EDIT_WORKER)
def edit_worker(work: Work, worker_id: str, version: int | None = None, **values: Any) -> Worker:
    worker = _find(work, worker_id, version)
    _write(work, worker, values)
    return worker


@handles(contract.REMOVE_WORKER)
def remove_worker(work: Work, worker_id: str, version: int | None = None) -> dict[str, Any]:
    """Take the person out of the file; the row stays."""
    worker = _find(work, worker_id, version)
    worker.remove()
    repository.keep_request(work, worker)
    return {}


@handles(contract.REVEAL_WORKER)
def reveal_worker(work: Work, worker_id: str) -> dict[str, Any]:
    """The whole numbers, for whoever keeps the record; that he saw them is on record too."""
    worker = repository.find_worker(work, worker_id)
    repository.require_own(work, worker.enterprise_id)
    work.note(f"Worker:{worker.id}", {"seen": NUMBERS})
    phone = worker.phone and worker.phone.whole
    return {"id": worker.id, "whole_id_number": worker.id_number.whole, "whole_phone": phone}


def _write(work: Work, worker: Worker, values: dict[str, Any]) -> None:
    types = {row["code"] for row in catalogue.rows(work, "personnel_certificate_types")}
    worker.write(values | {"certificates": plain(values["certificates"])}, types)
    repository.keep_worker(work, worker)


def _find(work: Work, worker_id: str, version: int | None) -> Worker:
    worker, enterprise = repository.find_request(work, Worker, worker_id, "人员")
    repository.require_own(work, enterprise.id)
    enterprise.require_fillable()
    work.expect(worker, version)
    return worker
