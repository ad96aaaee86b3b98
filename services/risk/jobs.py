"""What the passing of time does: each night the tasks of the day are made, windows that end close, merged units are followed."""

from datetime import date, time

from services.enterprise.contract import units
from services.kernel.caller import system
from services.kernel.service import daily, every
from services.kernel.work import Database
from services.risk import generation, merging
from services.risk.repository import tasks
from services.risk.tables import check_task, org_unit_ref

BATCH = 500


@daily(time(0, 10))
def generate_tasks(database: Database, day: date) -> None:
    """Make the tasks whose window starts on ``day``; what is there already stays as it is.

    One transaction a batch of lines: a job that was cut off goes on where tasks are missing.
    """
    for period in generation.periods_on(day):
        after: str | None = ""
        while after is not None:
            with database.work(system("tasks"), "risk.generate_tasks") as work:
                after = generation.generate(work, day, period, after, BATCH)
    with database.work(system("tasks"), "risk.forget_lines") as work:
        generation.forget_lines(work, day)


@every(20)
def close_windows(database: Database, day: date) -> None:
    """Open tasks whose window has ended become missed."""
    while True:
        with database.work(system("tasks"), "risk.close_windows") as work:
            ended = tasks.pending(work, check_task.c.window_end <= work.now, limit=BATCH)
            tasks.keep_many(work, [(task, task.expire(work.now)) for task in ended], "check_task")
        if len(ended) < BATCH:
            return


@every(5)
def follow_merged_units(database: Database, day: date) -> None:
    """What belonged to a merged unit goes to the one that took it over, one transaction a batch, until nothing is left."""
    units.follow_all(database, org_unit_ref, merging.follow)
