"""Transactions of anybody over few pooled connections, ending well and badly: no caller is left in one for the next."""

import random
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from services.kernel.caller import Caller
from services.kernel.work import _SETTINGS, Database, Work
from tests.amounts import many
from tests.service.strangers.test_random_principals import pool_of
from tests.stage.world import BUILT, Stage

TRANSACTIONS, THREADS = many(7_000, 100_000), 8
LEFT = sa.text("SELECT concat(" + ", ".join(f"current_setting('app.{name}', true)" for name in _SETTINGS) + ")")
TOLD = sa.text("SELECT " + ", ".join(f"current_setting('app.{name}', true)" for name in _SETTINGS))


class Gone(Exception):
    """Whatever a handler may raise."""


def _raise(work: Work) -> None:
    raise Gone


def _refused_by_the_database(work: Work) -> None:
    work.session.execute(sa.text("SELECT 1 / 0"))


def _half_undone(work: Work) -> None:
    with work.session.begin_nested() as point:
        work.session.execute(sa.text("SELECT set_config('app.enterprises', '*', true)"))
        point.rollback()


ENDS: list[Callable[[Work], None]] = [lambda work: None, _raise, _refused_by_the_database, lambda work: work.session.rollback()]
ENDS += [_half_undone, lambda work: work.session.invalidate()]


@pytest.mark.feature("SEC-25")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("service", BUILT)
def test_no_transaction_sees_anothers_caller(stage: Stage, service: str) -> None:
    crowd = Crowd(stage, service)

    crowd.run(TRANSACTIONS // len(BUILT) // THREADS + 1)

    assert crowd.leaks == []
    assert crowd.done >= TRANSACTIONS // len(BUILT)


class Crowd:
    """Threads that share five connections."""

    def __init__(self, stage: Stage, service: str) -> None:
        self._pool = pool_of(stage)
        engine = sa.create_engine(stage.parts[service][1].engine.url, pool_size=5, max_overflow=0, pool_timeout=60)
        self._database = Database(engine, "520000/crowd")
        self.leaks: list[str] = []
        self.done = 0

    def run(self, each: int) -> None:
        threads = [threading.Thread(target=self._act, args=(random.Random(seed), each)) for seed in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._database.engine.dispose()

    def _act(self, chance: random.Random, times: int) -> None:
        for _ in range(times):
            try:
                with self._database.work(caller := self._pool.principal(chance), "crowd", chance.random() < 0.5) as work:
                    self._compare(work, caller)
                    chance.choice(ENDS)(work)
            except (Gone, sa.exc.DBAPIError):
                pass
            with self._database.engine.connect() as connection:
                if left := connection.execute(LEFT).scalar_one():
                    self.leaks.append(f"left in the connection: {left}")
            self.done += 1

    def _compare(self, work: Work, caller: Caller) -> None:
        told = dict(zip(_SETTINGS, work.session.execute(TOLD).one(), strict=True))
        if told != caller.settings():
            self.leaks.append(f"{told} for {caller.settings()}")
