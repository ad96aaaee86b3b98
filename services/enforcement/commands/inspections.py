"""Officers inspect: entry, record, order, recheck; each step with its documents."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.enforcement import answers, codes, issuing, progress, repository
from services.enforcement.contract import inspections as contract
from services.enforcement.domain import wording
from services.enforcement.domain.authority import Authority
from services.enforcement.domain.document import NAMES, Document, Form
from services.enforcement.domain.document import State as DocumentState
from services.enforcement.domain.events import InspectionClosed, InspectionOrdered
from services.enforcement.domain.finding import ON_SITE
from services.enforcement.domain.inspection import Inspection, OnDuty
from services.enforcement.domain.officer import Officer, require_present
from services.enforcement.domain.signing import Signatures
from services.enforcement.domain.steps import State
from services.enforcement.tables import document
from services.kernel import ids
from services.kernel.event import Fact
from services.kernel.service import handles
from services.kernel.work import Work

PARTY = "被检查单位负责人"


@handles(contract.START_INSPECTION)
def start_inspection(
    work: Work,
    inspection_id: str,
    officer_ids: list[str],
    entry_code: str | None,
    entry_note: str | None,
    version: int | None = None,
) -> dict[str, Any]:
    found, own = repository.find_own_inspection(work, inspection_id, version)
    found.start(_team(work, own, officer_ids), entry_code, entry_note, repository.act(work))
    return _keep(work, found)


@handles(contract.RECORD_INSPECTION)
def record_inspection(
    work: Work,
    inspection_id: str,
    results: list[dict[str, Any]],
    findings: list[dict[str, Any]],
    version: int | None = None,
    **content: Any,
) -> dict[str, Any]:
    """Write the record (WS03); its findings become hazards of the enterprise."""
    found, own = repository.find_own_inspection(work, inspection_id, version)
    _team(work, own, found.officer_ids)
    codes.check_criteria(work, findings)
    signatures = _signatures(content)
    made = [{**finding, "id": finding["id"] or ids.new_id()} for finding in findings]
    fact = found.record(content, results, made, signatures, repository.act(work))
    seal = repository.seal(work, own)
    signed = _signed(found.officers, "被检查单位现场负责人", signatures)
    issuing.issue(work, found, own, seal, Form.RECORD, wording.record(found, seal, work.today, signed))
    return _keep(work, found, fact)


@handles(contract.CLOSE_INSPECTION)
def close_inspection(work: Work, inspection_id: str, version: int | None = None) -> dict[str, Any]:
    found, _ = repository.find_own_inspection(work, inspection_id, version)
    fact = found.close_without_problem(repository.act(work))
    return _keep(work, found, fact)


@handles(contract.ORDER_RECTIFICATION)
def order_rectification(
    work: Work, inspection_id: str, items: list[dict[str, Any]], version: int | None = None, **signing: Any
) -> dict[str, Any]:
    """Order measures on site (WS04) and rectification within deadlines (WS05), as the findings need."""
    found, own = repository.find_own_inspection(work, inspection_id, version)
    _team(work, own, found.officer_ids)
    signatures = _signatures(signing)
    ordered = found.order(items, signatures, repository.act(work))
    signed = _signed(found.officers, PARTY, signatures)
    made = _order_documents(work, found, own, signed)
    repository.keep(work, found, InspectionOrdered(ordered, made[-1].number))
    progress.call_recheck(work, found)  # The enterprise may have been faster than the order.
    return answers.detail(work, found)


@handles(contract.RECHECK_INSPECTION)
def recheck_inspection(
    work: Work, inspection_id: str, items: list[dict[str, Any]], opinion: str, version: int | None = None, **signing: Any
) -> dict[str, Any]:
    """Judge what was done (WS06); what failed is ordered again (WS05), and with the last item the inspection ends."""
    found, own = repository.find_own_inspection(work, inspection_id, version)
    team = _team(work, own, signing["signed_officer_ids"])
    signatures = _signatures(signing)
    told = found.recheck(items, opinion, team, signatures, repository.act(work))
    signed = _signed([OnDuty(o.id, o.name, o.certificate_number) for o in team], "被复查单位负责人", signatures)
    judged = [finding for finding in found.findings if finding.id in {item.finding_id for item in told.items}]
    seal, orders = repository.seal(work, own), _orders(work, found)
    made = issuing.issue(
        work, found, own, seal, Form.RECHECK, wording.recheck(found, seal, work.today, judged, opinion, orders, signed)
    )
    if failed := [finding for finding in judged if finding.is_open]:
        content = wording.rectify(found, seal, work.today, failed, signed | {"party": PARTY})
        made = issuing.issue(work, found, own, seal, Form.ORDER, content)
        progress.put_back(work, found, [finding.id for finding in failed])
    is_closed = found.state == State.CLOSED
    fact = InspectionClosed(told.items) if is_closed else InspectionOrdered(told.failed, made.number, told.items)
    return _keep(work, found, fact)


def _order_documents(work: Work, of: Inspection, own: Authority, signed: dict[str, Any]) -> list[Document]:
    seal, made = repository.seal(work, own), []
    if any(finding.is_on_site for finding in of.findings):
        made.append(issuing.issue(work, of, own, seal, Form.ON_SITE, wording.on_site(of, seal, work.today, signed)))
    if within_limit := [finding for finding in of.findings if finding.hazard_class != ON_SITE]:
        content = wording.rectify(of, seal, work.today, within_limit, signed)
        made.append(issuing.issue(work, of, own, seal, Form.ORDER, content))
    return made


def _orders(work: Work, of: Inspection) -> list[str]:
    """The orders in force that this inspection has given, as the recheck cites them."""
    wanted = sa.and_(document.c.id.in_(of.document_ids), document.c.form.in_((Form.ON_SITE, Form.ORDER)))
    query = sa.select(document.c.id, document.c.form, document.c.number).where(wanted, document.c.state == DocumentState.ISSUED)
    found = {row.id: f"《{NAMES[Form(row.form)][0]}》{row.number}" for row in work.session.execute(query)}
    return [found[each] for each in of.document_ids if each in found]


def _team(work: Work, own: Authority, officer_ids: Sequence[str]) -> list[Officer]:
    """The authority's officers, one of whom is the caller where they have accounts."""
    team = repository.find_officers(work, own, officer_ids)
    require_present(team, work.caller.id)
    return team


def _signatures(given: dict[str, Any]) -> Signatures:
    return Signatures(tuple(given["signed_officer_ids"]), given["signed_by_party"], given["refusal_note"])


def _signed(officers: Sequence[OnDuty], party: str, signatures: Signatures) -> dict[str, Any]:
    """The block of signatures: those officers who signed."""
    signing = [officer for officer in officers if officer.id in signatures.officer_ids]
    return wording.signatures(signing, party, signatures.signed_by_party, signatures.refusal_note)


def _keep(work: Work, of: Inspection, *facts: Fact) -> dict[str, Any]:
    repository.keep(work, of, *facts)
    return answers.detail(work, of)
