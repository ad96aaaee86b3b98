"""Enterprises ask to stop and to resume; the authority grants it and thereby moves the enterprise."""

from datetime import date
from typing import Any

from services.enterprise import answers, repository
from services.enterprise.contract import suspension as contract
from services.enterprise.domain import routing
from services.enterprise.domain.enterprise import Enterprise, Move
from services.enterprise.domain.suspension import Kind, SuspensionRequest
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.REQUEST_SUSPENSION)
def request_suspension(work: Work, enterprise_id: str, kind: str, id: str | None = None, **values: Any) -> dict[str, Any]:
    """Draft a request; what it lacks is refused at submission."""
    enterprise = repository.find_own(work, enterprise_id)
    enterprise.require_running()
    request = SuspensionRequest(
        id=id or ids.new_id(), enterprise_id=enterprise.id, region=enterprise.region, industry=enterprise.industry, kind=kind,
        requested_at=work.now, **values,
    )  # fmt: skip
    repository.keep_request(work, request)
    return answers.suspension(work, request, enterprise.name, enterprise.suspension_kind)


@handles(contract.EDIT_SUSPENSION)
def edit_suspension(work: Work, suspension_id: str, version: int | None = None, **values: Any) -> dict[str, Any]:
    """Write a draft anew; what it lacks is still refused at submission."""
    request, enterprise = _find(work, suspension_id, version)
    repository.require_own(work, enterprise.id)
    request.write(values)
    repository.keep_request(work, request)
    return answers.suspension(work, request, enterprise.name, enterprise.suspension_kind)


@handles(contract.SUBMIT_SUSPENSION)
def submit_suspension(work: Work, suspension_id: str, version: int | None = None) -> dict[str, Any]:
    request, enterprise = _find(work, suspension_id, version)
    repository.require_own(work, enterprise.id)
    to = answers.authority_of(work, enterprise.region, enterprise.industry, enterprise.review_ground)
    request.submit(enterprise.status, to, work.caller.id, work.now, work.today)
    repository.keep_request(work, request)
    return answers.suspension(work, request, enterprise.name, enterprise.suspension_kind)


@handles(contract.WITHDRAW_SUSPENSION)
def withdraw_suspension(work: Work, suspension_id: str, version: int | None = None) -> dict[str, Any]:
    """Take a request back before its review; a draft is dropped, and stays the enterprise's alone."""
    request, enterprise = _find(work, suspension_id, version)
    repository.require_own(work, enterprise.id)
    request.withdraw()
    repository.keep_request(work, request)
    return answers.suspension(work, request, enterprise.name, enterprise.suspension_kind)


@handles(contract.REVIEW_SUSPENSION)
def review_suspension(
    work: Work, suspension_id: str, decision: str, opinion: str | None, acceptance_record: list[str], accepted_on: date | None,
    version: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Grant or reject; a granted request stops or resumes the enterprise with the day it names."""
    request, enterprise = _find(work, suspension_id, version)
    routing.require_decider(request.authority, work.caller)
    by, by_name = work.caller.id, work.caller.name
    if decision == "reject":
        request.reject(by, by_name, opinion, work.now)
        repository.keep_request(work, request)
        return answers.suspension(work, request, enterprise.name, enterprise.suspension_kind)
    request.approve(by, by_name, opinion, work.now, acceptance_record, accepted_on, enterprise.suspension_kind)
    repository.keep_request(work, request)
    _carry_out(work, request, enterprise)
    return answers.suspension(work, request, enterprise.name, enterprise.suspension_kind)


def _carry_out(work: Work, request: SuspensionRequest, enterprise: Enterprise) -> None:
    day = request.from_on or work.today
    if request.kind == Kind.STOP:
        fact, event = enterprise.suspend(day, request.stop_kind or ""), Move.SUSPEND
    else:
        fact, event = enterprise.resume(day), Move.RESUME
    repository.keep(work, enterprise, fact, event=event, reason=request.reason, detail={"suspension_id": request.id})


def _find(work: Work, suspension_id: str, version: int | None) -> tuple[SuspensionRequest, Enterprise]:
    request, enterprise = repository.find_request(work, SuspensionRequest, suspension_id, "停复工申请")
    work.expect(request, version)
    return request, enterprise
