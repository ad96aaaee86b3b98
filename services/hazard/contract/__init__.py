"""The published language of the hazard service: what may be asked of it and what it announces."""

from services.hazard.contract import governance, ledger, library, major, registration, supervision
from services.hazard.contract.events import EVENTS, HAZARD_EVENTS, SUPERVISION_EVENTS, SUPERVISION_LIFTED, SUPERVISION_LISTED
from services.hazard.contract.permissions import PERMISSIONS

OPERATIONS = [
    *registration.OPERATIONS,
    *ledger.OPERATIONS,
    *governance.OPERATIONS,
    *major.OPERATIONS,
    *supervision.OPERATIONS,
    *library.OPERATIONS,
]
__all__ = [
    "EVENTS",
    "HAZARD_EVENTS",
    "OPERATIONS",
    "PERMISSIONS",
    "SUPERVISION_EVENTS",
    "SUPERVISION_LIFTED",
    "SUPERVISION_LISTED",
]
