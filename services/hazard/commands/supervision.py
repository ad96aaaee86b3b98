"""Regulators propose, list, log and lift; the enterprise asks for more time and for being lifted."""

from datetime import date
from typing import Any

from services.hazard import answers
from services.hazard.contract import supervision as contract
from services.hazard.domain import listing as rules
from services.hazard.domain.events import HazardChanged, HazardFact
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.listing import SupervisionListing
from services.hazard.repository import hazards, listings
from services.kernel import ids
from services.kernel.service import handles
from services.kernel.work import Work


@handles(contract.PROPOSE_LISTING)
def propose_listing(work: Work, hazard_id: str, id: str | None, level: str, reason: str, requirement: str | None) -> dict[str, Any]:
    """Lay an open major hazard before the authority of a level."""
    hazard = hazards.find(work, hazard_id)
    hazard.require_regulator(work.caller)
    hazard.require_open_major()
    listing = SupervisionListing(
        id=id or ids.new_id(), enterprise_id=hazard.enterprise_id, region=hazard.region, industry=hazard.industry,
        hazard_id=hazard.id, hazard_number=hazard.number or "", title=f"重大隐患挂牌督办：{hazard.description}"[:200], level=level,
        authority_region=rules.authority_of(hazard.region, level), reason=reason, requirement=requirement,
        proposed_by=work.caller.id, proposed_by_name=work.caller.name, proposed_at=work.now,
    )  # fmt: skip
    listings.keep(work, listing, hazard, "propose", reason=reason)
    return answers.listing(work, listing, hazard)


@handles(contract.DECIDE_LISTING)
def decide_listing(
    work: Work, listing_id: str, version: int | None, is_listed: bool, opinion: str | None, **settled: Any
) -> dict[str, Any]:
    """List it, which gives the listing its number and marks the hazard, or refuse."""
    listing, hazard = listings.find(work, listing_id, version)
    if not is_listed:
        listing.refuse(work.caller, opinion)
        listings.keep(work, listing, hazard, "refuse", reason=opinion)
        return answers.listing(work, listing, hazard)
    hazard.require_open_major()
    for name, value in settled.items():
        setattr(listing, name, value or getattr(listing, name))
    fact = listing.put_on_list(work.caller, work.now, work.today, opinion)
    _mark(work, hazard, True, "list")
    listing.document_number = listings.document_number(work, listing.authority_region)
    listings.keep(work, listing, hazard, "list", fact, reason=opinion)
    return answers.listing(work, listing, hazard)


@handles(contract.LOG_SUPERVISION)
def log_supervision(work: Work, listing_id: str, version: int | None, text: str, attachments: list[str]) -> dict[str, Any]:
    listing, hazard = listings.find(work, listing_id, version)
    listing.require_authority(work.caller)
    listing.log(work.today)
    listings.keep(work, listing, hazard, "log", reason=text, attachments=attachments)
    return answers.listing(work, listing, hazard)


@handles(contract.EXTEND_LISTING)
def request_listing_extension(work: Work, listing_id: str, version: int | None, to_on: date, reason: str) -> dict[str, Any]:
    listing, hazard = listings.find(work, listing_id, version)
    listing.request_extension(work.caller, to_on, reason, work.today)
    listings.keep(work, listing, hazard, "request_extension", reason=reason)
    return answers.listing(work, listing, hazard)


@handles(contract.DECIDE_EXTENSION)
def decide_listing_extension(
    work: Work, listing_id: str, version: int | None, is_approved: bool, opinion: str | None
) -> dict[str, Any]:
    listing, hazard = listings.find(work, listing_id, version)
    listing.decide_extension(work.caller, is_approved, opinion)
    listings.keep(work, listing, hazard, "approve_extension" if is_approved else "reject_extension", reason=opinion)
    return answers.listing(work, listing, hazard)


@handles(contract.APPLY_LIFTING)
def apply_lifting(work: Work, listing_id: str, version: int | None, statement: str, attachments: list[str]) -> dict[str, Any]:
    listing, hazard = listings.find(work, listing_id, version)
    listing.apply_lifting(work.caller, statement, attachments, hazard.is_in_acceptance)
    listings.keep(work, listing, hazard, "apply_lift", reason=statement, attachments=attachments)
    return answers.listing(work, listing, hazard)


@handles(contract.DECIDE_LIFTING)
def decide_lifting(
    work: Work, listing_id: str, version: int | None, is_lifted: bool, opinion: str, accepted_on: date | None,
    attachments: list[str],
) -> dict[str, Any]:  # fmt: skip
    """Lift it after the acceptance on site, or leave it on the list."""
    listing, hazard = listings.find(work, listing_id, version)
    facts: list[HazardFact] = []
    if is_lifted:
        facts.append(listing.lift(work.caller, opinion, accepted_on, attachments, work.now, work.today))
        _mark(work, hazard, False, "lift")
    else:
        listing.return_lifting(work.caller, opinion)
    listings.keep(work, listing, hazard, "lift" if is_lifted else "return", *facts, reason=opinion, attachments=attachments)
    return answers.listing(work, listing, hazard)


def _mark(work: Work, hazard: Hazard, listed: bool, event: str) -> None:
    hazard.listed = listed
    hazards.keep(work, hazard, [HazardChanged()], f"marked_{event}")
