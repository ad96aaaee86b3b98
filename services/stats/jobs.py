"""What is pending is counted twice a second, so that however much happens, open dashboards are told at most that often."""

from datetime import date, time

from prometheus_client import Gauge

from services.kernel import telemetry
from services.kernel.caller import system
from services.kernel.service import daily, every
from services.kernel.work import Database
from services.stats.folding import fold
from services.stats.recounting import Recount, enterprises_with_figures, recount, recount_regions

FOLDER = system("fold")
CHUNK = 100
DIFFERING = Gauge("stats_differing_cells", "Figures that differ from what their contributions add up to, by the last check")


@every(0.5)
def fold_figures(database: Database, day: date) -> None:
    """One turn of the fold."""
    with database.work(FOLDER, "stats.fold_figures") as work:
        fold(work)


def fold_all(database: Database) -> int:
    """Fold until nothing is pending: for demonstration data, and whoever cannot wait so long."""
    done = 0
    while True:
        with database.work(FOLDER, "stats.fold_figures") as work:
            taken = fold(work)
        if not taken:
            return done
        done += taken


@daily(time(3, 30))
def check_figures(database: Database, day: date) -> None:
    """Add everything up anew, some enterprises a transaction; what differs is shown to operators, who may have it repaired."""
    found = Recount()
    with database.work(FOLDER, "stats.check_figures", read_only=True) as work:
        enterprises = enterprises_with_figures(work)
    for start in range(0, len(enterprises), CHUNK):
        with database.work(FOLDER, "stats.check_figures") as work:
            found.add(recount(work, enterprises[start : start + CHUNK]))
    with database.work(FOLDER, "stats.check_figures") as work:
        work.next_number("fold")
        recount_regions(work, found)
        work.note("figures", {"enterprises": found.enterprises, "cells": found.cells, "differing": found.differing})
    DIFFERING.set(found.differing)
    telemetry.log.info("figures_checked", enterprises=found.enterprises, cells=found.cells, differing=found.differing)
