"""What is done when others announce something: copies of enterprises and departments are kept, and matters follow an enterprise."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from gateway.contract import DEPARTMENT_CHANGED
from services.enforcement import repository
from services.enforcement.domain import authority as authorities
from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.steps import OPEN
from services.enforcement.tables import BELONGINGS, department_ref, enterprise_ref, inspection
from services.enterprise.contract import ENTERPRISE_EVENTS
from services.enterprise.contract.reference import keep_reference
from services.kernel.contract import EventType
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work


def _on_enterprise(event_type: EventType) -> Callable[..., None]:
    def reaction(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
        """Take over the enterprise's newest state; what belongs to it follows to its place and industry."""
        if keep_reference(work, enterprise_ref, state):
            _follow(work, str(state["id"]), state["region"], state["industry"])

    reaction.__name__ = "on_" + event_type.type.replace(".", "_")
    return reacts(event_type)(reaction)


# One reaction for each announcement about an enterprise: all of them carry its whole state.
globals().update({reaction.__name__: reaction for reaction in map(_on_enterprise, ENTERPRISE_EVENTS)})


@reacts(DEPARTMENT_CHANGED)
def on_department_changed(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    """Keep what the bureaus call themselves and answer for; newest version wins."""
    names = ("region", "parent_id", "name", "industries", "is_active", "version")
    row = {"id": state["id"], "area": authorities.area(state["region"])} | {name: state.get(name) for name in names}
    new = insert(department_ref).values(row)
    newer = {name: new.excluded[name] for name in row if name != "id"}
    older = department_ref.c.version < new.excluded.version
    work.session.execute(new.on_conflict_do_update(index_elements=["id"], set_=newer, where=older))


def _follow(work: Work, enterprise_id: str, region: str, industry: str | None) -> None:
    moved = sa.or_(inspection.c.region != region, inspection.c.industry.is_distinct_from(industry))
    query = sa.select(Inspection).where(inspection.c.enterprise_id == enterprise_id, inspection.c.state.in_(OPEN), moved)
    for each in work.session.scalars(query.order_by(inspection.c.id).with_for_update()):
        each.relocate(region, industry, authorities.successor(each.authority_region, region))
        repository.keep(work, each)
    place = {"region": region, "industry": industry}
    for table in BELONGINGS:
        elsewhere = sa.or_(table.c.region != region, table.c.industry.is_distinct_from(industry))
        work.session.execute(sa.update(table).where(table.c.enterprise_id == enterprise_id, elsewhere).values(place))
