"""One reaction for each announcement that somebody must be told of, and for each that changes the copy of an enterprise."""

from collections.abc import Callable
from typing import Any

from services.enforcement import contract as enforcement
from services.enterprise import contract as enterprise
from services.enterprise.contract.reference import keep_reference
from services.hazard import contract as hazard
from services.kernel.contract import EventType
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.notice import repository, telling
from services.notice.tables import enterprise_ref
from services.notice.tellings import TELLINGS
from services.risk import contract as risk

ANNOUNCED = {e.type: e for contract in (enterprise, risk, hazard, enforcement) for e in contract.EVENTS}
OF_ENTERPRISES = {e.type for e in enterprise.ENTERPRISE_EVENTS}


def _tells(event_type: EventType) -> Callable[..., None]:
    @reacts(event_type)
    def react(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
        if event.type in OF_ENTERPRISES and keep_reference(work, enterprise_ref, state):
            repository.relocate(work, state)
        telling.tell(work, event, state, fact)

    react.__name__ = f"on_{event_type.type.rpartition('.')[0].replace('.', '_')}"
    return react


# Under the name by which the service finds it: on_hazard_overdue, on_licence_expiring …
for _type in sorted({row.event for row in TELLINGS} | OF_ENTERPRISES):
    _reaction = _tells(ANNOUNCED[_type])
    globals()[_reaction.__name__] = _reaction
