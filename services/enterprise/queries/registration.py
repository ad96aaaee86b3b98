"""The applicant's own application, the form for it, and who will decide."""

from typing import Any

from services.enterprise import answers, codes, repository
from services.enterprise.contract import registration as contract
from services.enterprise.contract.basic import BASIC_FIELDS
from services.enterprise.domain.routing import Ground
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.SHOW_REGISTRATION)
def show_registration(work: Work, enterprise_id: str) -> dict[str, Any]:
    return answers.registration(work, repository.find_own(work, enterprise_id, lock=False))


@handles(contract.SHOW_AUTHORITY)
def show_authority(work: Work, region: str, industry: str | None, review_ground: str) -> dict[str, str]:
    """Tell who will decide before anything is submitted."""
    codes.check(work, {"region": region, "industry": industry})
    return answers.authority(work, answers.authority_of(work, region, industry, Ground(review_ground)))


@handles(contract.SHOW_REGISTRATION_FORM)
def show_registration_form(work: Work) -> dict[str, Any]:
    return {"fields_": BASIC_FIELDS}
