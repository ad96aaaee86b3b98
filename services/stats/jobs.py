"""What is pending is counted once a second, so that however much happens, open dashboards are told at most that often."""

from datetime import date

from services.kernel.caller import system
from services.kernel.service import every
from services.kernel.work import Database
from services.stats.folding import fold

FOLDER = system("fold")


@every(1)
def fold_figures(database: Database, day: date) -> None:
    """One turn of the fold."""
    with database.work(FOLDER, "stats.fold_figures") as work:
        fold(work)


def fold_all(database: Database) -> int:
    """Fold until nothing is pending: for demonstration data, and whoever cannot wait a second."""
    done = 0
    while True:
        with database.work(FOLDER, "stats.fold_figures") as work:
            taken = fold(work)
        if not taken:
            return done
        done += taken
