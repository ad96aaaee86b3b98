"""Changing an enterprise's information: ordinary fields at once, key fields through a review."""

from typing import Any

from services.enterprise import answers, codes, repository
from services.enterprise.contract import archive as contract
from services.enterprise.domain import routing
from services.enterprise.domain.change import EnterpriseChange
from services.enterprise.domain.enterprise import Enterprise
from services.enterprise.domain.routing import Authority, Ground
from services.kernel import ids
from services.kernel.errors import Forbidden, Invalid
from services.kernel.service import handles
from services.kernel.work import Work, plain


@handles(contract.UPDATE_ENTERPRISE)
def update_enterprise(work: Work, enterprise_id: str, version: int | None = None, **values: Any) -> dict[str, Any]:
    """Take over ordinary information; a required field cannot be emptied."""
    enterprise = repository.find_own(work, enterprise_id)
    work.expect(enterprise, version)
    codes.check(work, values)
    repository.keep(work, enterprise, enterprise.update(plain(values)))
    return answers.detail(work, enterprise)


@handles(contract.REQUEST_CHANGE)
def request_change(
    work: Work, enterprise_id: str, changes: dict[str, Any], reason: str, attachments: list[str], id: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Draft a change of key fields; they keep their values until it is applied."""
    enterprise = repository.find_own(work, enterprise_id)
    work.expect(enterprise, version)
    enterprise.require_running()
    change = EnterpriseChange(
        id=id or ids.new_id(), enterprise_id=enterprise.id, region=enterprise.region, industry=enterprise.industry,
        requested_at=work.now, reason=reason,
    )  # fmt: skip
    _write(work, enterprise, change, changes, reason, attachments)
    return answers.change(work, change, enterprise.name)


@handles(contract.EDIT_CHANGE)
def edit_change(
    work: Work, change_id: str, changes: dict[str, Any], reason: str, attachments: list[str], version: int | None = None
) -> dict[str, Any]:
    change, enterprise = _find(work, change_id, version)
    repository.require_own(work, enterprise.id)
    _write(work, enterprise, change, changes, reason, attachments)
    return answers.change(work, change, enterprise.name)


@handles(contract.SUBMIT_CHANGE)
def submit_change(work: Work, change_id: str, version: int | None = None) -> dict[str, Any]:
    change, enterprise = _find(work, change_id, version)
    repository.require_own(work, enterprise.id)
    enterprise.require_running()
    place, industry = change.new.get("region", enterprise.region), change.new.get("industry", enterprise.industry)
    to = routing.route_change(enterprise.region, place, enterprise.industry, industry, enterprise.authority)
    change.submit(enterprise.content, to, work.caller.id, work.now)
    repository.refuse_taken(work, change.new.get("name"), change.new.get("unified_credit_code"), enterprise.id)
    repository.keep_request(work, change)
    return answers.change(work, change, enterprise.name)


@handles(contract.CANCEL_CHANGE)
def cancel_change(work: Work, change_id: str, version: int | None = None) -> dict[str, Any]:
    change, enterprise = _find(work, change_id, version)
    repository.require_own(work, enterprise.id)
    change.cancel()
    repository.keep_request(work, change)
    return answers.change(work, change, enterprise.name)


@handles(contract.REVIEW_CHANGE)
def review_change(work: Work, change_id: str, decision: str, opinion: str | None, version: int | None = None) -> dict[str, Any]:
    """Apply or reject; who applies must see the enterprise where it is and where it goes."""
    change, enterprise = _find(work, change_id, version)
    routing.require_decider(change.authority, work.caller)
    if decision == "reject":
        change.reject(work.caller.id, work.caller.name, opinion, work.now)
        repository.keep_request(work, change)
        return answers.change(work, change, enterprise.name)
    place, industry = change.new.get("region", enterprise.region), change.new.get("industry", enterprise.industry)
    if not work.caller.scope.covers(place, industry, enterprise.id):
        raise Forbidden("change.beyond_scope", "变更后的地区或行业不在您的监管范围内，应由共同的上级机关审核")
    change.approve(work.caller.id, work.caller.name, opinion, work.now)
    repository.keep_request(work, change)
    fact = enterprise.apply_change(change.new, _usual(work, place, industry, enterprise.review_ground))
    repository.keep(work, enterprise, fact, event="change", reason=change.reason, detail={"old": change.old, "new": change.new})
    repository.relocate(work, enterprise)
    return answers.change(work, change, enterprise.name)


def _usual(work: Work, place: str, industry: str | None, ground: str) -> Authority:
    """Who decides on the enterprise from now on; a ground that the new place does not allow becomes the ordinary one."""
    try:
        return answers.authority_of(work, place, industry, ground)
    except Invalid:
        return answers.authority_of(work, place, industry, Ground.ORDINARY)


def _find(work: Work, change_id: str, version: int | None) -> tuple[EnterpriseChange, Enterprise]:
    change, enterprise = repository.find_request(work, EnterpriseChange, change_id, "变更")
    work.expect(change, version)
    return change, enterprise


def _write(
    work: Work, enterprise: Enterprise, change: EnterpriseChange, changes: dict[str, Any], reason: str, attachments: list[str]
) -> None:
    codes.check(work, changes)
    if not changes:
        raise Invalid("change.nothing_changed", "没有任何关键信息发生变化", changes="至少变更一项")
    change.write(plain(changes), reason, attachments)
    change.old = {code: enterprise.content.get(code) for code in change.new}
    repository.keep_request(work, change)
