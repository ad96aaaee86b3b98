"""Which hazards people see who are bound to their unit: the one rule for the hazards themselves and for copies of them."""

from typing import Any

import sqlalchemy as sa

from services.enterprise.contract import units
from services.hazard.contract.permissions import WHOLE_ENTERPRISE
from services.kernel.caller import Caller


def is_bound(caller: Caller) -> bool:
    """Whether the caller sees his own unit only, with what lies below it, and what he himself found or rectifies."""
    return units.is_bound(caller, WHOLE_ENTERPRISE)


def seen_from_unit(caller: Caller, hazards: Any, org_units: sa.Table) -> sa.ColumnElement[bool]:
    """The condition on hazards' ``unit_id``, ``found_by``, ``responsible_id`` and ``responsible_unit_id``."""
    if not is_bound(caller):
        return sa.true()
    own = [hazards.found_by == caller.id, hazards.responsible_id == caller.id]
    if caller.unit_id is not None:
        inside = units.below(org_units, caller.unit_id)
        own += [hazards.unit_id == caller.unit_id, hazards.unit_id.in_(inside), hazards.responsible_unit_id.in_(inside)]
    return sa.or_(*own)
