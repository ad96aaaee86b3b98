"""Who sees what: the caller's scope, inside an enterprise his unit with all below it, and drafts their author and his leaders."""

from typing import Any

import sqlalchemy as sa

from services.hazard.contract import permissions
from services.hazard.tables import hazard, org_unit_ref
from services.kernel.caller import Caller, Kind
from services.kernel.work import Work

OUTSIDE_UNITS = (Kind.REGULATOR, Kind.API_CLIENT, Kind.SYSTEM)  # Whom no organisation unit binds.


def is_bound(caller: Caller) -> bool:
    """Whether the caller sees his own unit only, with what lies below it, and what he himself found or rectifies."""
    return caller.kind not in OUTSIDE_UNITS and not caller.may(permissions.WHOLE_ENTERPRISE)


def visible(work: Work) -> sa.ColumnElement[bool]:
    """The condition under which this caller sees a hazard at all."""
    return sa.and_(work.within(hazard), _drafts(work.caller), _unit(work.caller))


def below(unit_id: str) -> sa.Select[Any]:
    """The ids of a unit and of all units below it; its enterprise is found first, so that an index serves."""
    of, top = org_unit_ref.c, org_unit_ref.alias("top")
    owner = sa.select(top.c.enterprise_id).where(top.c.id == unit_id).scalar_subquery()
    return sa.select(of.id).where(of.enterprise_id == owner, of.path.contains([unit_id]))


def _drafts(caller: Caller) -> sa.ColumnElement[bool]:
    """A draft is its author's, and of the leaders of the enterprise whose people wrote it; so is one that he threw away."""
    of = hazard.c
    if caller.kind == Kind.SYSTEM:
        return sa.true()
    open_to = [of.number.is_not(None), of.found_by == caller.id]
    if caller.enterprise_id is not None and caller.may(permissions.WHOLE_ENTERPRISE):
        open_to.append(sa.and_(of.enterprise_id == caller.enterprise_id, of.authority_region.is_(None)))
    return sa.or_(*open_to)


def _unit(caller: Caller) -> sa.ColumnElement[bool]:
    if not is_bound(caller):
        return sa.true()
    of = hazard.c
    own = [of.found_by == caller.id, of.responsible_id == caller.id]
    if caller.unit_id is not None:
        units = below(caller.unit_id)
        own += [of.unit_id == caller.unit_id, of.unit_id.in_(units), of.responsible_unit_id.in_(units)]
    return sa.or_(*own)
