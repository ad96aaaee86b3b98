"""What is done when others announce something.

Copies of enterprises and departments are kept, matters follow an enterprise to its new place, and findings show how far
their hazards have come; when the enterprise has finished with all of them, the recheck is called before the deadline.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from gateway.contract import DEPARTMENT_CHANGED
from services.enforcement import progress, repository
from services.enforcement.domain import authority as authorities
from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.steps import OPEN
from services.enforcement.tables import BELONGINGS, department_ref, enterprise_ref, inspection
from services.enterprise.contract import ENTERPRISE_EVENTS
from services.enterprise.contract.reference import follow, keep_reference
from services.hazard.contract import HAZARD_EVENTS
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work


@reacts(*ENTERPRISE_EVENTS)
def on_enterprise(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Take over the enterprise's newest state; what belongs to it follows to its place and industry."""
    if keep_reference(work, enterprise_ref, state):
        _follow(work, str(state["id"]), state["region"], state["industry"])


def is_of_finding(event_type: str, data: Mapping[str, Any]) -> bool:
    return bool(data["state"].get("inspection_id") and data["state"].get("finding_id"))


@reacts(*HAZARD_EVENTS, only_if=is_of_finding)
def on_hazard(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Note how far the hazard of a finding is."""
    if not (is_of_finding(event.type, event.data) and progress.note(work, state)):  # Others may have been stored in former times.
        return
    query = sa.select(Inspection).where(inspection.c.id == state["inspection_id"])
    if found := work.session.scalars(query.with_for_update()).one_or_none():
        progress.call_recheck(work, found)


@reacts(DEPARTMENT_CHANGED)
def on_department_changed(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Keep what the bureaus call themselves and answer for; newest version wins."""
    names = ("region", "parent_id", "name", "industries", "is_active", "version")
    row = {"id": state["id"], "area": authorities.area(state["region"])} | {name: state.get(name) for name in names}
    work.keep_copy(department_ref, row)


def _follow(work: Work, enterprise_id: str, region: str, industry: str | None) -> None:
    moved = sa.or_(inspection.c.region != region, inspection.c.industry.is_distinct_from(industry))
    query = sa.select(Inspection).where(inspection.c.enterprise_id == enterprise_id, inspection.c.state.in_(OPEN), moved)
    for each in work.session.scalars(query.order_by(inspection.c.id).with_for_update()):
        each.relocate(region, industry, authorities.successor(each.authority_region, region))
        repository.keep(work, each)
    follow(work, BELONGINGS, enterprise_id, region, industry)
