"""Loops of a worker: they rest when there is little to do, and are up at once when they are told of something."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from services.runtime import worker
from services.runtime.worker import Loop

PATIENCE = 20.0


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Loop]]:
    """``begin(step)``: a loop that runs, and would look by itself once a minute."""
    monkeypatch.setattr(worker, "IDLE", (60.0, 60.0))
    running: list[Loop] = []

    def of(step: Callable[[], int], *rest: Callable[[], float]) -> Loop:
        loop = Loop("test", step, *rest)
        running.append(loop)
        loop.start()
        return loop

    yield of
    for loop in running:
        loop.end()
        loop.join(PATIENCE)
        assert not loop.is_alive()


class Steps:
    """Counts steps, and lets the test wait for one."""

    def __init__(self, *done: int) -> None:
        self._done, self.count, self._more = list(done), 0, threading.Condition()

    def __call__(self) -> int:
        with self._more:
            self.count += 1
            self._more.notify_all()
        return self._done.pop(0) if self._done else 0

    def reach(self, count: int) -> bool:
        with self._more:
            return self._more.wait_for(lambda: self.count >= count, PATIENCE)


def test_a_loop_that_rests_looks_at_once_when_it_is_told(begin: Callable[..., Loop]) -> None:
    steps = Steps()
    loop = begin(steps)
    assert steps.reach(1)

    loop.wake()

    assert steps.reach(2)


def test_what_is_told_during_a_step_is_looked_for_after_it(begin: Callable[..., Loop]) -> None:
    steps, loops = Steps(), list[Loop]()

    def step() -> int:
        if steps.count == 0:
            while not loops:
                time.sleep(0.001)
            loops[0].wake()
        return steps()

    loops.append(begin(step))

    assert steps.reach(2)


def test_there_is_no_rest_while_there_is_much(begin: Callable[..., Loop]) -> None:
    steps = Steps(worker.MUCH, worker.MUCH)
    begin(steps)

    assert steps.reach(3)


def test_a_rest_ends_when_something_becomes_due(begin: Callable[..., Loop]) -> None:
    steps = Steps()
    begin(steps, lambda: 0.01)

    assert steps.reach(4)


def test_after_a_failure_a_loop_tries_again_by_itself(begin: Callable[..., Loop]) -> None:
    steps = Steps()

    def step() -> int:
        if steps() == 0 and steps.count == 1:
            raise RuntimeError("as told")
        return 0

    begin(step)

    assert steps.reach(2)
