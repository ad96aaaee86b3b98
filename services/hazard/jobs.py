"""What the passing of days does: hazards become overdue, and each passing of a deadline is announced once."""

from datetime import date, time

import sqlalchemy as sa

from services.hazard.domain.hazard import Hazard
from services.hazard.queries.tasks import is_overdue
from services.hazard.repository import hazards
from services.hazard.tables import hazard
from services.kernel.caller import system
from services.kernel.service import daily
from services.kernel.work import Database

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
