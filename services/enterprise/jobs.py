"""What the passing of days does: licences enter their windows and expire, drafts that nobody submits go."""

from datetime import date, time, timedelta

import sqlalchemy as sa

from services.enterprise import repository
from services.enterprise.domain.enterprise import DRAFT_DAYS, Enterprise, Move
from services.enterprise.domain.enterprise import Status as EnterpriseStatus
from services.enterprise.domain.licence import REMINDER_DAYS, Licence, Status
from services.enterprise.tables import enterprise, licence
from services.kernel import clock
from services.kernel.caller import system
from services.kernel.service import daily
from services.kernel.work import Database, Work

BATCH = 200


@daily(time(0, 20))
def roll_licences(database: Database, day: date) -> None:
    """Bring every licence to its state of the day and announce reminders; each step takes the licence off the list."""
    while True:
        with database.work(system("licences"), "enterprise.roll_licences") as work:
            found = work.session.scalars(_due(day).limit(BATCH).with_for_update()).all()
            for each in found:
                repository.keep_licence(work, each, each.settle(day))
        if len(found) < BATCH:
            return


@daily(time(0, 40))
def seal_anew(database: Database, day: date) -> None:
    """Leave nothing sealed by an older key, so that it can be taken out of the setting."""
    while True:
        with database.work(system("vault"), "enterprise.seal_anew") as work:
            found = repository.seal_anew(work, BATCH)
        if found < BATCH:
            return


def _due(day: date) -> sa.Select[tuple[Licence]]:
    of = licence.c
    runs = of.status.in_((Status.VALID, Status.EXPIRING, Status.SUSPENDED))
    is_over = sa.and_(runs, of.valid_to < day)
    enters = sa.and_(of.status == Status.VALID, of.window_from <= day)
    days = [day + timedelta(days=left) for left in REMINDER_DAYS]
    reminds = sa.and_(of.status == Status.EXPIRING, of.valid_to.in_(days), of.reminded_on.is_distinct_from(day))
    return sa.select(Licence).where(sa.or_(is_over, enters, reminds)).order_by(of.id)


@daily(time(0, 30))
def expire_drafts(database: Database, day: date) -> None:
    """Delete drafts that are 30 days old."""
    while True:
        with database.work(system("drafts"), "enterprise.expire_drafts") as work:
            found = _expire(work, day)
        if found < BATCH:
            return


def _expire(work: Work, day: date) -> int:
    last = clock.start_of(day - timedelta(days=DRAFT_DAYS))
    query = sa.select(Enterprise).where(enterprise.c.status == EnterpriseStatus.DRAFT, enterprise.c.drafted_at <= last)
    found = work.session.scalars(query.order_by(enterprise.c.id).limit(BATCH).with_for_update()).all()
    for each in found:
        fact = each.expire_draft(work.caller.id, work.caller.name, clock.start_of(day))
        repository.keep(work, each, fact, event=Move.EXPIRE_DRAFT, reason=each.opinion)
    return len(found)
