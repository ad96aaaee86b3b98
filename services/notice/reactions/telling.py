"""Whoever must be told of an announcement is told; those of enterprises and hazards change their copy first."""

from typing import Any

from services.enforcement import contract as enforcement
from services.enterprise import contract as enterprise
from services.enterprise.contract.reference import keep_belonging, keep_reference
from services.hazard import contract as hazard
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.notice import telling
from services.notice.tables import BELONGINGS, enterprise_ref, hazard_ref
from services.notice.tellings import TELLINGS
from services.risk import contract as risk

ANNOUNCED = {e.type: e for contract in (enterprise, risk, hazard, enforcement) for e in contract.EVENTS}
OF_ENTERPRISES = {e.type for e in enterprise.ENTERPRISE_EVENTS}
OF_HAZARDS = {e.type for e in hazard.HAZARD_EVENTS}


@reacts(*(ANNOUNCED[name] for name in sorted({row.event for row in TELLINGS} | OF_ENTERPRISES | OF_HAZARDS)))
def tell(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    if event.type in OF_ENTERPRISES:
        keep_reference(work, enterprise_ref, state, BELONGINGS)
    if event.type in OF_HAZARDS:
        keep_belonging(work, hazard_ref, enterprise_ref, state)
    telling.tell(work, event, state, fact)
