"""The published language of the enterprise service: what may be asked of it and what it announces."""

from services.enterprise.contract import (
    archive,
    catalogue,
    licence,
    organisation,
    personnel,
    qualification,
    registration,
    review,
    suspension,
)
from services.enterprise.contract.events import ENTERPRISE_EVENTS, EVENTS, LICENCE_EVENTS, ORG_UNIT_CHANGED
from services.enterprise.contract.permissions import PERMISSIONS

OPERATIONS = [
    *registration.OPERATIONS,
    *review.OPERATIONS,
    *archive.OPERATIONS,
    *suspension.OPERATIONS,
    *licence.OPERATIONS,
    *qualification.OPERATIONS,
    *personnel.OPERATIONS,
    *organisation.OPERATIONS,
    *catalogue.OPERATIONS,
]
__all__ = ["ENTERPRISE_EVENTS", "EVENTS", "LICENCE_EVENTS", "OPERATIONS", "ORG_UNIT_CHANGED", "PERMISSIONS"]
