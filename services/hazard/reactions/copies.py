"""The copies of enterprises, organisation units and risk points follow their owners; newest version wins."""

from collections.abc import Callable
from typing import Any

from services.enterprise.contract import ENTERPRISE_EVENTS, ORG_UNIT_CHANGED
from services.hazard.repository import references
from services.kernel.contract import EventType
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.risk.contract import RISK_POINT_CHANGED, RISK_POINT_PUBLISHED, RISK_POINT_RETIRED

Keep = Callable[[Work, dict[str, Any]], None]
KEPT: list[tuple[list[EventType], Keep]] = [
    (ENTERPRISE_EVENTS, references.keep_enterprise),
    ([ORG_UNIT_CHANGED], references.keep_unit),
    ([RISK_POINT_CHANGED, RISK_POINT_PUBLISHED, RISK_POINT_RETIRED], references.keep_point),
]


def _hear(event_type: EventType, keep: Keep) -> Callable[..., None]:
    @reacts(event_type)
    def react(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
        keep(work, state)

    react.__name__ = f"on_{event_type.type.removesuffix('.v1').replace('.', '_')}"
    return react


# Every announcement carries the whole state, so all of one kind are heard alike.
for _types, _keep in KEPT:
    for _type in _types:
        _reaction = _hear(_type, _keep)
        globals()[_reaction.__name__] = _reaction
