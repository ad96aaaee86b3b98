"""Who sees what: the caller's scope, inside an enterprise his unit with all below it, and drafts their author and his leaders."""

from typing import Any

import sqlalchemy as sa

from services.enterprise.contract import units
from services.hazard.contract import permissions
from services.hazard.contract.units import seen_from_unit
from services.hazard.tables import hazard, org_unit_ref
from services.kernel.caller import Caller, Kind
from services.kernel.work import Work


def visible(work: Work) -> sa.ColumnElement[bool]:
    """The condition under which this caller sees a hazard at all."""
    return sa.and_(work.within(hazard), _drafts(work.caller), seen_from_unit(work.caller, hazard.c, org_unit_ref))


def below(unit_id: str) -> sa.Select[Any]:
    """The ids of a unit and of all units below it."""
    return units.below(org_unit_ref, unit_id)


def _drafts(caller: Caller) -> sa.ColumnElement[bool]:
    """A draft is its author's, and of the leaders of the enterprise whose people wrote it; so is one that he threw away."""
    of = hazard.c
    if caller.kind == Kind.SYSTEM:
        return sa.true()
    open_to = [of.number.is_not(None), of.found_by == caller.id]
    if caller.enterprise_id is not None and caller.may(permissions.WHOLE_ENTERPRISE):
        open_to.append(sa.and_(of.enterprise_id == caller.enterprise_id, of.authority_region.is_(None)))
    return sa.or_(*open_to)
