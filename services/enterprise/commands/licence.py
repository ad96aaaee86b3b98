"""Licences: kept by the enterprise, administered by the authority."""

from typing import Any

from services.enterprise import codes, repository
from services.enterprise.contract import licence as contract
from services.enterprise.domain.enterprise import Enterprise
from services.enterprise.domain.licence import CERTIFICATE, CONFIRMED_KIND, Edition, Licence
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.REGISTER_LICENCE)
def register_licence(work: Work, enterprise_id: str, **values: Any) -> Licence:
    """Record a licence that the enterprise holds."""
    return _register(work, repository.find_own(work, enterprise_id), **values)


@handles(contract.ISSUE_LICENCE)
def issue_licence(work: Work, enterprise_id: str, **values: Any) -> Licence:
    """Record a permit that the authority has issued."""
    return _register(work, repository.find(work, enterprise_id), **values)


@handles(contract.RENEW_LICENCE)
def renew_licence(work: Work, licence_id: str, version: int | None = None, **values: Any) -> Licence:
    """Put in a new certificate; one of a licence proper waits for the authority's confirmation."""
    licence = _find(work, licence_id, version)
    repository.require_own(work, licence.enterprise_id)
    renewal = _edition(work, licence, values)
    needs_confirmation = codes.licence_type(work, licence.licence_type)["kind"] == CONFIRMED_KIND
    put_in = licence.propose if needs_confirmation else licence.renew
    repository.keep_licence(work, licence, put_in(renewal, work.today), renewal)
    return licence


@handles(contract.EXTEND_LICENCE)
def extend_licence(work: Work, licence_id: str, version: int | None = None, **values: Any) -> Licence:
    """Record the authority's own extension or change of a permit."""
    licence = _find(work, licence_id, version)
    renewal = _edition(work, licence, values)
    repository.keep_licence(work, licence, licence.renew(renewal, work.today), renewal)
    return licence


@handles(contract.REVIEW_RENEWAL)
def review_renewal(work: Work, licence_id: str, decision: str, opinion: str | None, version: int | None = None) -> Licence:
    licence = _find(work, licence_id, version)
    renewal = repository.pending_edition(work, licence.id)
    facts = []
    if decision == "approve":
        facts = licence.confirm(renewal, work.caller.id, work.today)
    else:
        licence.refuse(renewal, work.caller.id, opinion)
    repository.keep_licence(work, licence, facts)
    return licence


@handles(contract.SUSPEND_LICENCE)
def suspend_licence(work: Work, licence_id: str, reason: str, decision_document: list[str], version: int | None = None) -> Licence:
    licence = _find(work, licence_id, version)
    repository.keep_licence(work, licence, licence.suspend(reason, decision_document, work.today))
    return licence


@handles(contract.RESTORE_LICENCE)
def restore_licence(work: Work, licence_id: str, reason: str, version: int | None = None) -> Licence:
    licence = _find(work, licence_id, version)
    repository.keep_licence(work, licence, licence.restore(reason, work.today))
    return licence


@handles(contract.REVOKE_LICENCE)
def revoke_licence(
    work: Work, licence_id: str, reason: str, decision_document: list[str], ground: str, version: int | None = None
) -> Licence:
    licence = _find(work, licence_id, version)
    repository.keep_licence(work, licence, licence.revoke(reason, decision_document, ground, work.today))
    return licence


def _register(work: Work, enterprise: Enterprise, licence_type: str, id: str | None = None, **values: Any) -> Licence:
    enterprise.require_running()
    codes.licence_type(work, licence_type)
    licence = Licence(
        id=id or ids.new_id(), enterprise_id=enterprise.id, region=enterprise.region, industry=enterprise.industry,
        licence_type=licence_type,
    )  # fmt: skip
    first = _edition(work, licence, values)
    repository.keep_licence(work, licence, licence.register(first, work.today), first)
    return licence


def _edition(work: Work, licence: Licence, values: dict[str, Any]) -> Edition:
    """The next edition; without a first day of validity it is valid from its issue."""
    certificate: dict[str, Any] = {name: values.get(name) for name in CERTIFICATE}
    certificate["valid_from"] = certificate["valid_from"] or certificate["issued_on"]
    return Edition(
        id=ids.new_id(), licence_id=licence.id, enterprise_id=licence.enterprise_id, region=licence.region,
        industry=licence.industry, edition=licence.editions + 1, recorded_by=work.caller.id, recorded_at=work.now, **certificate,
    )  # fmt: skip


def _find(work: Work, licence_id: str, version: int | None) -> Licence:
    licence = work.find(Licence, licence_id, "证照")
    work.expect(licence, version)
    return licence
