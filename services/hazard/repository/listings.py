"""Finds and keeps listings for supervision; every step stands in the history of the hazard."""

from collections.abc import Sequence

import sqlalchemy as sa

from services.hazard.contract.events import ListingState
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.listing import SupervisionListing
from services.hazard.repository import hazards
from services.hazard.tables import supervision_listing
from services.kernel import catalogue
from services.kernel.errors import NotFound
from services.kernel.event import Fact
from services.kernel.work import Work, absent, plain


def find(work: Work, listing_id: str, version: int | None = None, lock: bool = True) -> tuple[SupervisionListing, Hazard]:
    """A listing with its hazard, locked in the order in which every command locks them: the hazard first."""
    of = supervision_listing.c
    hazard_id = work.session.scalar(sa.select(of.hazard_id).where(of.id == listing_id, work.within(supervision_listing)))
    if hazard_id is None:
        raise absent(SupervisionListing, "挂牌督办")
    hazard = hazards.find(work, hazard_id, lock=lock)
    listing = work.find(SupervisionListing, listing_id, "挂牌督办", lock)
    work.expect(listing, version)
    return listing, hazard


def keep(
    work: Work, kept: SupervisionListing, hazard: Hazard, event: str, *facts: Fact, reason: str | None = None,
    attachments: Sequence[str] = (),
) -> None:  # fmt: skip
    work.keep(kept, ListingState, *facts)
    detail = plain({"listing_id": kept.id, "status": kept.status, "level": kept.level, "deadline_on": kept.deadline_on})
    hazards.write_history(work, hazard, f"supervision_{event}", hazard.status, reason, attachments, detail)


def document_number(work: Work, authority_region: str) -> str:
    """（黔某）安督〔2026〕1号: without gaps for each authority and year."""
    try:
        row = catalogue.row(work, "regions", authority_region)
        sign = "黔" if row["level"] == "province" else f"黔{row['short_name']}"
    except NotFound:  # A region of another province, or one that has been abolished.
        sign = authority_region
    year = work.today.year
    return f"（{sign}）安督〔{year}〕{work.next_number(f'listing:{authority_region}:{year}')}号"
