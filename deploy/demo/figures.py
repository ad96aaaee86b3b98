"""The figures are counted in a second process, while the play goes on: nobody in it waits for them."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.synchronize import Event

from deploy.demo.stage import FIGURES, Stage, database_at
from services.kernel import clock, ids, telemetry
from services.kernel.service import named
from services.runtime.inline import InlineBus
from services.stats.jobs import fold_all

PAUSE = 0.3


@contextmanager
def counted(stage: Stage, until: datetime) -> Iterator[None]:
    """Inside, announcements are counted as they come; on leaving, all of them are."""
    if not stage.has(FIGURES):
        yield
        return
    context = multiprocessing.get_context("spawn")
    is_over = context.Event()
    database = stage.database(FIGURES)
    url = database.engine.url.render_as_string(hide_password=False)
    counter = context.Process(target=count, args=(url, database.source, stage.seed, until, is_over), daemon=True)
    counter.start()
    try:
        yield
    finally:
        is_over.set()
        counter.join()
    if counter.exitcode:
        raise RuntimeError("the figures could not be counted: see above")


def count(url: str, source: str, seed: str, until: datetime, is_over: Event) -> None:
    """React and fold until there is nothing left and nothing more to come."""
    telemetry.configure("warning")
    service, database = named(FIGURES), database_at(url, source)
    bus = InlineBus({FIGURES: (service, database)})
    with ids.seeded(f"{seed}/{FIGURES}"), clock.simulate(until):
        while True:
            is_last = is_over.is_set()
            if not bus.pump() + fold_all(database):
                if is_last:
                    break
                is_over.wait(PAUSE)
    database.engine.dispose()
