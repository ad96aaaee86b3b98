"""What the passing of days does: orders whose deadline is over come up for their recheck."""

from datetime import date, time

import sqlalchemy as sa

from services.enforcement import repository
from services.enforcement.domain.inspection import Inspection
from services.enforcement.domain.steps import Act, State
from services.enforcement.tables import inspection
from services.kernel.caller import system
from services.kernel.service import daily
from services.kernel.work import Database

BATCH = 100
DUE = "整改期限已到"


@daily(time(0, 10))
def call_rechecks(database: Database, day: date) -> None:
    """The deadline day itself is the enterprise's; the morning after, the inspection waits for its recheck."""
    query = sa.select(Inspection).where(inspection.c.state == State.ORDERED, inspection.c.due_on < day)
    while True:
        with database.work(system("rechecks"), "enforcement.call_rechecks") as work:
            found = work.session.scalars(query.order_by(inspection.c.id).limit(BATCH).with_for_update()).all()
            for each in found:
                each.fall_due(DUE, Act(work.caller.id, work.caller.name, work.now, day))
                repository.keep(work, each)
        if len(found) < BATCH:
            return
