"""The applicant writes, submits and takes back the registration of his enterprise."""

from typing import Any

from services.enterprise import answers, codes, repository
from services.enterprise.contract import registration as contract
from services.enterprise.contract.basic import REQUIRED
from services.enterprise.domain.enterprise import Enterprise, Move, Status
from services.enterprise.domain.review_term import due_day
from services.enterprise.workdays import is_workday
from services.kernel.errors import Forbidden
from services.kernel.service import handles
from services.kernel.work import Work, plain


@handles(contract.REGISTER_ENTERPRISE)
def register_enterprise(work: Work, **values: Any) -> dict[str, Any]:
    """Save the draft under the id that the applicant's account was made for."""
    own = work.caller.enterprise_id
    if own is None:
        raise Forbidden("enterprise.no_applicant", "请先注册企业申报账号")
    codes.check(work, values)
    repository.refuse_taken(work, values.get("name"), values.get("unified_credit_code"), own)
    enterprise = Enterprise(id=own, enterprise_id=own, region=values["region"], drafted_at=work.now, name=values["name"])
    enterprise.fill(plain(values))
    repository.keep(work, enterprise, event="draft")
    return answers.registration(work, enterprise)


@handles(contract.EDIT_REGISTRATION)
def edit_registration(work: Work, enterprise_id: str, version: int | None = None, **values: Any) -> dict[str, Any]:
    enterprise = repository.find_own(work, enterprise_id)
    work.expect(enterprise, version)
    codes.check(work, values)
    enterprise.fill(plain(values))
    repository.refuse_taken(work, enterprise.name, enterprise.unified_credit_code, enterprise.id)
    repository.keep(work, enterprise)
    return answers.registration(work, enterprise)


@handles(contract.SUBMIT_REGISTRATION)
def submit_registration(work: Work, enterprise_id: str, version: int | None = None) -> dict[str, Any]:
    """Hand the application in to the authority that its region, industry and ground lead to."""
    enterprise = repository.find_own(work, enterprise_id)
    work.expect(enterprise, version)
    event = Move.RESUBMIT if enterprise.status == Status.REJECTED else Move.SUBMIT
    to = answers.authority_of(work, enterprise.region, enterprise.industry, enterprise.review_ground)
    fact = enterprise.submit(REQUIRED, to, due_day(work.today, is_workday), work.caller.id, work.now)
    repository.refuse_taken(work, enterprise.name, enterprise.unified_credit_code, enterprise.id)
    repository.keep(work, enterprise, fact, event=event)
    return answers.registration(work, enterprise)


@handles(contract.WITHDRAW_REGISTRATION)
def withdraw_registration(work: Work, enterprise_id: str, version: int | None = None) -> dict[str, Any]:
    enterprise = repository.find_own(work, enterprise_id)
    work.expect(enterprise, version)
    repository.keep(work, enterprise, enterprise.withdraw(), event=Move.WITHDRAW)
    return answers.registration(work, enterprise)
