"""What is broken, one kind a module; each proves that it has hit, for a run in which nothing was broken shows nothing."""

from collections.abc import Callable

from tests.chaos.faults import broker, clocks, deadlines, disk, kills, order, pauses, poison
from tests.chaos.trial import Result, Trial

Fault = Callable[[Trial], Result]


def short_kills(trial: Trial) -> Result:
    """R-01 as every whole test run has it."""
    return kills.run(trial, commands=5_000, times=30, seconds=100)


FAULTS: dict[str, Fault] = {
    "R-01": short_kills,
    "R-02": pauses.run,
    "R-03": broker.away,
    "R-04": broker.alarm,
    "R-05": poison.run,
    "R-06": order.run,
    "R-07": deadlines.run,
    "R-13": clocks.run,
}
# These have a platform of their own.
ALONE: dict[str, Callable[[], Result]] = {"R-12": disk.run}
LONG: dict[str, Fault] = {"R-01": lambda trial: kills.run(trial, commands=100_000, times=1_000, seconds=3_300)}
