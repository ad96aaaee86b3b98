"""Authorities decide on registrations, hand them over, and delete, restore or close enterprises."""

from services.enterprise import repository
from services.enterprise.contract import review as contract
from services.enterprise.domain import routing
from services.enterprise.domain.enterprise import Enterprise, Move
from services.enterprise.domain.org_unit import TIERS, OrgUnit
from services.enterprise.domain.routing import Authority, Sector
from services.kernel import clock, ids
from services.kernel.errors import Conflict
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.REVIEW_ENTERPRISE)
def review_enterprise(work: Work, enterprise_id: str, decision: str, opinion: str | None, version: int | None = None) -> Enterprise:
    """Approve or reject; an approved enterprise begins its organisation with a root unit of its name."""
    enterprise = _to_decide(work, enterprise_id, version)
    decide = enterprise.approve if decision == "approve" else enterprise.reject
    fact = decide(work.caller.id, work.caller.name, opinion, work.now)
    repository.keep(work, enterprise, fact, event=decision, reason=opinion)
    if decision == "approve":
        root = OrgUnit(
            id=ids.new_id(), enterprise_id=enterprise.id, region=enterprise.region, industry=enterprise.industry,
            name=enterprise.name, tier=TIERS[0],
        )  # fmt: skip
        repository.keep_unit(work, root, root.take_root())
    return enterprise


@handles(contract.TRANSFER_REVIEW)
def transfer_review(
    work: Work, enterprise_id: str, authority_region: str, authority_sector: str, reason: str, version: int | None = None
) -> Enterprise:
    enterprise = repository.find(work, enterprise_id)
    work.expect(enterprise, version)
    before = enterprise.authority
    routing.require_transferrer(before, work.caller)
    fact = enterprise.transfer(Authority(authority_region, Sector(authority_sector)))
    origin = {"from_region": before.region, "from_sector": before.sector}
    repository.keep(work, enterprise, fact, event="transfer", reason=reason, detail=origin)
    return enterprise


@handles(contract.DELETE_ENTERPRISE)
def delete_enterprise(
    work: Work, enterprise_id: str, reason: str, has_no_open_matters: bool, version: int | None = None
) -> Enterprise:
    """Delete softly; the deciding authority vouches that nothing is open, and its word is kept in the history."""
    enterprise = _to_decide(work, enterprise_id, version)
    fact = enterprise.delete(work.caller.id, work.caller.name, reason, work.now)
    repository.keep(work, enterprise, fact, event=Move.DELETE, reason=reason, detail={"has_no_open_matters": has_no_open_matters})
    return enterprise


@handles(contract.RESTORE_ENTERPRISE)
def restore_enterprise(work: Work, enterprise_id: str, reason: str, version: int | None = None) -> Enterprise:
    enterprise = _to_decide(work, enterprise_id, version)
    if enterprise.decided_at is None:
        raise Conflict("enterprise.illegal_move", "该企业未被删除，不能恢复")
    fact = enterprise.restore(clock.day_of(enterprise.decided_at), work.today)
    repository.keep(work, enterprise, fact, event=Move.RESTORE, reason=reason)
    return enterprise


@handles(contract.CLOSE_ENTERPRISE)
def close_enterprise(
    work: Work, enterprise_id: str, reason: str, has_no_open_matters: bool, attachments: list[str], version: int | None = None
) -> Enterprise:
    """Close for good, on evidence of deregistration; the history stays readable."""
    enterprise = _to_decide(work, enterprise_id, version)
    fact = enterprise.close(work.caller.id, work.caller.name, reason, work.now)
    vouched = {"has_no_open_matters": has_no_open_matters}
    repository.keep(work, enterprise, fact, event=Move.CLOSE, reason=reason, attachments=attachments, detail=vouched)
    return enterprise


def _to_decide(work: Work, enterprise_id: str, version: int | None) -> Enterprise:
    enterprise = repository.find(work, enterprise_id)
    work.expect(enterprise, version)
    routing.require_decider(enterprise.authority, work.caller)
    return enterprise
