"""Whom the organisation units of an enterprise bind, which lie below which, and what one becomes when it is merged, for
services that keep a copy of units.

The copy is fed by ``ORG_UNIT_CHANGED`` and tells at least ``id``, ``enterprise_id`` and ``path``.  Where something belongs to
units that follows a merging, it tells ``merged_into_id`` too, and ``followed_at``, which each announcement sets back.
"""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from services.kernel.caller import Caller, Kind, system
from services.kernel.work import Database, Work

OUTSIDE_UNITS = (Kind.REGULATOR, Kind.API_CLIENT, Kind.SYSTEM)  # Whom no organisation unit binds.


def is_bound(caller: Caller, whole_enterprise: str) -> bool:
    """Whether the caller sees his own unit only, with what lies below it, for lack of the permission for the whole."""
    return caller.kind not in OUTSIDE_UNITS and not caller.may(whole_enterprise)


def below(units: sa.Table, unit_id: str) -> sa.Select[Any]:
    """The ids of a unit and of all units below it; its enterprise is found first, so that an index serves."""
    of, top = units.c, units.alias("top")
    owner = sa.select(top.c.enterprise_id).where(top.c.id == unit_id).scalar_subquery()
    return sa.select(of.id).where(of.enterprise_id == owner, of.path.contains([unit_id]))


def heir(work: Work, units: sa.Table, unit_id: str) -> str:
    """Whose it is now what belonged to this unit: its own, unless it was merged.

    A merging that is just being heard waits for whoever has asked here, and lets what he writes follow.
    """
    of = units.c
    while into := work.session.scalar(sa.select(of.merged_into_id).where(of.id == unit_id).with_for_update(read=True)):
        unit_id = str(into)
    return unit_id


def follow_all(database: Database, units: sa.Table, follow: Callable[[Work, str], bool]) -> None:
    """``follow`` takes one batch of what still names a merged unit and tells whether there may be more; each is a transaction."""
    of, service = units.c, database.service
    query = sa.select(of.id).where(of.merged_into_id.is_not(None), of.followed_at.is_(None)).order_by(of.id)
    with database.work(system("units"), f"{service}.merged_units", read_only=True) as work:
        waiting = list(work.session.scalars(query))
    for unit_id in waiting:
        is_more = True
        while is_more:
            with database.work(system("units"), f"{service}.follow_merged_unit") as work:
                is_more = follow(work, unit_id)


def note_followed(work: Work, units: sa.Table, unit_id: str) -> None:
    """Nothing of the unit's is left."""
    work.session.execute(sa.update(units).where(units.c.id == unit_id).values(followed_at=work.now))


def names_of(work: Work, units: sa.Table, unit_ids: Iterable[str]) -> dict[str, str]:
    of = units.c
    return dict(work.session.execute(sa.select(of.id, of.name).where(of.id.in_(list(unit_ids)))).tuples().all())
