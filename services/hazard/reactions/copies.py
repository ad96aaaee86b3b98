"""The copies of enterprises, organisation units and risk points follow their owners; newest version wins."""

from typing import Any

from services.enterprise.contract import ENTERPRISE_EVENTS, ORG_UNIT_CHANGED
from services.hazard.repository import references
from services.kernel.event import Event
from services.kernel.service import reacts
from services.kernel.work import Work
from services.risk.contract import RISK_POINT_CHANGED, RISK_POINT_PUBLISHED, RISK_POINT_RETIRED


@reacts(*ENTERPRISE_EVENTS)
def on_enterprise(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    references.keep_enterprise(work, state)


@reacts(ORG_UNIT_CHANGED)
def on_org_unit(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    references.keep_unit(work, state)


@reacts(RISK_POINT_CHANGED, RISK_POINT_PUBLISHED, RISK_POINT_RETIRED)
def on_risk_point(work: Work, event: Event, state: dict[str, Any], fact: dict[str, Any]) -> None:
    references.keep_point(work, state)
