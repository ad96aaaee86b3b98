"""How far the enterprise is with what was ordered: copies of hazards, and what follows from them for the inspection."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from services.enforcement import repository
from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.steps import State
from services.enforcement.tables import finding_progress
from services.kernel.work import Work

_OF = finding_progress.c
# The enterprise has done its part; what remains is the authority's.
FINISHED = ("pending_recheck", "acceptance", "closed", "closed_on_site", "cancelled")
APPLIED = "企业已全部整改，申请复查"


def note(work: Work, state: dict[str, Any]) -> bool:
    """Newest version wins; a hazard that goes on as another one hands its finding over to that.  Whether it was news."""
    names = ("inspection_id", "finding_id", "enterprise_id", "region", "industry", "number", "status", "finished_at", "version")
    new = insert(finding_progress).values({name: state.get(name) for name in names} | {"hazard_id": state["id"]})
    values = {name: new.excluded[name] for name in (*names[2:], "hazard_id")}
    is_newer = sa.and_(_OF.hazard_id == new.excluded.hazard_id, _OF.version < new.excluded.version)
    takes_over = _OF.hazard_id == state.get("origin_id")
    done = new.on_conflict_do_update(
        index_elements=["inspection_id", "finding_id"], set_=values, where=sa.or_(is_newer, takes_over)
    )
    return bool(work.session.execute(done).rowcount)  # type: ignore[attr-defined]


def put_back(work: Work, of: Inspection, finding_ids: list[str]) -> None:
    """What failed its recheck is to be put right again, also while the hazard has not said so yet."""
    mine = sa.and_(_OF.inspection_id == of.id, _OF.finding_id.in_(finding_ids))
    work.session.execute(sa.update(finding_progress).where(mine).values(status="rectifying"))


def call_recheck(work: Work, of: Inspection) -> None:
    """Once all that was ordered has been put right, the enterprise is taken to apply for its recheck."""
    if of.state != State.ORDERED:
        return
    query = sa.select(_OF.finding_id).where(_OF.inspection_id == of.id, _OF.status.in_(FINISHED))
    finished = set(work.session.scalars(query))
    if all(finding.id in finished for finding in of.findings if finding.is_open):
        of.fall_due(APPLIED, repository.act(work))
        repository.keep(work, of)
