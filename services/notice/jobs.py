"""What the passing of time does: published notices reach their receivers, deadlines pass, notices expire."""

from collections.abc import Callable
from datetime import date, time

import sqlalchemy as sa

from services.kernel import clock, telemetry
from services.kernel.caller import system
from services.kernel.contract import made
from services.kernel.service import daily, every
from services.kernel.work import Database, Work
from services.notice import distribution as handing
from services.notice import repository
from services.notice.contract.events import ReceiptState
from services.notice.domain.events import ReceiptChanged
from services.notice.domain.notice import SHOWN_TO_RECEIVERS, Notice, Status
from services.notice.domain.receipt import UNANSWERED, Receipt
from services.notice.tables import distribution, notice, notice_receipt

BATCH = 500
CLOCKWORK = system("deadlines")
OVERDUE = "overdue"
# As much as is done well within the lease under which jobs run; the next second brings the next rounds.
ROUNDS = 4


@every(1)
def distribute_notices(database: Database, day: date) -> None:
    """Hand published notices to their receivers."""
    _in_turn(database, handing.waiting(database), handing.distribute)


@every(10)
def mark_overdue_receipts(database: Database, day: date) -> None:
    """Announce each receipt whose feedback deadline has passed without an answer, once."""
    with database.work(CLOCKWORK, "notice.mark_overdue", read_only=True) as work:
        of = distribution.c
        due = sa.and_(of.overdue_done_at.is_(None), of.done_at.is_not(None), of.feedback_due_at < clock.now())
        ids = [str(i) for i in work.session.scalars(sa.select(of.notice_id).where(due).order_by(of.feedback_due_at))]
    _in_turn(database, ids, _mark_batch)


def _in_turn(database: Database, notice_ids: list[str], step: Callable[[Database, str], bool]) -> None:
    """A few batches of each notice, so that a large one holds up neither small ones nor other jobs; the next run goes on."""
    for _ in range(ROUNDS):
        notice_ids = [notice_id for notice_id in notice_ids if _is_there_more(database, notice_id, step)]


def _is_there_more(database: Database, notice_id: str, step: Callable[[Database, str], bool]) -> bool:
    try:
        return step(database, notice_id)
    except Exception as error:  # One that fails is seen in the log, tried again in the next run, and holds up no other.
        telemetry.log.warning("notice_step_failed", notice=notice_id, error=f"{type(error).__name__}: {error}"[:300])
        return False


def _mark_batch(database: Database, notice_id: str) -> bool:
    """Mark some; whether there may be more."""
    with database.work(CLOCKWORK, "notice.mark_overdue") as work:
        shown = sa.select(notice.c.status).where(notice.c.id == notice_id)
        is_shown = work.session.scalar(shown) in SHOWN_TO_RECEIVERS
        found = _mark(work, notice_id) if is_shown else 0
        if not (is_shown and (found == BATCH or _is_any_left(work, notice_id))):
            done = sa.update(distribution).where(distribution.c.notice_id == notice_id)
            work.session.execute(done.values(overdue_done_at=work.now))
        return found == BATCH


def _mark(work: Work, notice_id: str) -> int:
    # What a receiver is at this moment answering is left to the next run.
    some = sa.select(notice_receipt.c.id).where(_silent(notice_id)).order_by(notice_receipt.c.id).limit(BATCH)
    ids = list(work.session.scalars(some.with_for_update(skip_locked=True)))
    update = sa.update(Receipt).where(notice_receipt.c.id.in_(ids))
    update = update.values(overdue_at=work.now, version=notice_receipt.c.version + 1)
    for receipt in work.session.scalars(update.returning(Receipt)):
        data = {"state": made(ReceiptState).dump(receipt), "fact": {"step": OVERDUE}}
        work.announce(ReceiptChanged.type, receipt.id, receipt.region, data)
    if ids:
        work.note(f"Notice:{notice_id}", {OVERDUE: len(ids)})
    return len(ids)


def _is_any_left(work: Work, notice_id: str) -> bool:
    return work.session.scalar(sa.select(sa.select(notice_receipt.c.id).where(_silent(notice_id)).exists())) or False


def _silent(notice_id: str) -> sa.ColumnElement[bool]:
    of = notice_receipt.c
    unanswered = sa.and_(of.status.in_(UNANSWERED), of.feedback_due_at.is_not(None))
    return sa.and_(of.notice_id == notice_id, unanswered, of.overdue_at.is_(None))


@daily(time(0, 5))
def expire_notices(database: Database, day: date) -> None:
    """End notices whose last day is over."""
    while True:
        with database.work(CLOCKWORK, "notice.expire") as work:
            query = sa.select(Notice).where(notice.c.status == Status.PUBLISHED, notice.c.expires_on < day)
            found = work.session.scalars(query.order_by(notice.c.id).limit(BATCH).with_for_update()).all()
            for each in found:
                each.expire(day)
                repository.keep(work, each)
        if len(found) < BATCH:
            return
