"""What the passing of time does: each passing of a deadline is announced once, and what is open follows a merged unit."""

from datetime import date, time

import sqlalchemy as sa

from services.enterprise.contract import units
from services.hazard.domain.events import HazardChanged
from services.hazard.domain.hazard import Hazard
from services.hazard.domain.record import ENDED
from services.hazard.queries.tasks import is_overdue
from services.hazard.repository import hazards
from services.hazard.tables import hazard, org_unit_ref
from services.kernel.caller import system
from services.kernel.service import daily, every
from services.kernel.work import Database, Work

BATCH = 200


@daily(time(0, 10))
def announce_overdue(database: Database, day: date) -> None:
    """Tell of every hazard whose deadline day is over; what is told leaves the list."""
    of = hazard.c
    unannounced = of.announced_deadline_on.is_distinct_from(of.deadline_on)
    query = sa.select(Hazard).where(is_overdue(day), unannounced).order_by(of.deadline_on, of.id).limit(BATCH).with_for_update()
    while True:
        with database.work(system("overdue"), "hazard.announce_overdue") as work:
            found = work.session.scalars(query).all()
            for each in found:
                hazards.keep(work, each, [each.pass_deadline(day)], "overdue", detail={"deadline_on": each.deadline_on})
        if len(found) < BATCH:
            return


@every(5)
def follow_merged_units(database: Database, day: date) -> None:
    """What is open of a merged unit becomes the business of the one that took it over; what has ended stays where it was."""
    units.follow_all(database, org_unit_ref, _follow)


def _follow(work: Work, former: str) -> bool:
    """One batch of what still names the former unit; whether there may be more."""
    of, heir = hazard.c, units.heir(work, org_unit_ref, former)
    owner = sa.select(org_unit_ref.c.enterprise_id).where(org_unit_ref.c.id == former).scalar_subquery()
    mine = sa.or_(of.unit_id == former, of.responsible_unit_id == former)
    query = sa.select(Hazard).where(of.enterprise_id == owner, of.status.not_in(sorted(ENDED)), mine)
    found = work.session.scalars(query.order_by(of.id).limit(BATCH).with_for_update()).all()
    names = units.names_of(work, org_unit_ref, [former, heir])
    reason = f"单元「{names[former]}」已合并到「{names.get(heir, '其他单元')}」"
    for each in found:
        each.follow(former, heir)
        hazards.keep(work, each, [] if each.is_draft else [HazardChanged()], "follow_unit", reason)
    if not found:
        units.note_followed(work, org_unit_ref, former)
    return bool(found)
