"""Whom the organisation units of an enterprise bind, and which lie below which, for services that keep a copy of units.

The copy is fed by ``ORG_UNIT_CHANGED`` and tells at least ``id``, ``enterprise_id`` and ``path``.
"""

from typing import Any

import sqlalchemy as sa

from services.kernel.caller import Caller, Kind

OUTSIDE_UNITS = (Kind.REGULATOR, Kind.API_CLIENT, Kind.SYSTEM)  # Whom no organisation unit binds.


def is_bound(caller: Caller, whole_enterprise: str) -> bool:
    """Whether the caller sees his own unit only, with what lies below it, for lack of the permission for the whole."""
    return caller.kind not in OUTSIDE_UNITS and not caller.may(whole_enterprise)


def below(units: sa.Table, unit_id: str) -> sa.Select[Any]:
    """The ids of a unit and of all units below it; its enterprise is found first, so that an index serves."""
    of, top = units.c, units.alias("top")
    owner = sa.select(top.c.enterprise_id).where(top.c.id == unit_id).scalar_subquery()
    return sa.select(of.id).where(of.enterprise_id == owner, of.path.contains([unit_id]))
