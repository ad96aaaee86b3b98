"""One trial: people at work while something is broken, then quiet, then the joins; and what came of it in one line."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.driver import Driver
from tests.chaos.ledger import Ledger
from tests.chaos.oracle import differences
from tests.chaos.people import Prefecture
from tests.chaos.quiet import await_quiet
from tests.chaos.rig import Rig

KINDS = ("lost", "doubled", "stuck")
CALLERS = 16


@dataclass
class Result:
    """``hits`` proves that something was broken; ``wrong`` is all that should not be so, a sentence each."""

    fault: str
    hits: str
    figures: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return "held" if not self.wrong else f"BROKEN ({len(self.wrong)})"

    def line(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.figures.items())
        return f"{self.fault}: {self.hits}; {told}; {self.verdict}"


class Trial:
    """The rig with its people and one ledger, in which the commands of all its faults stand."""

    def __init__(self, rig: Rig, prefecture: Prefecture, file: Path) -> None:
        self.rig, self.prefecture, self.ledger = rig, prefecture, Ledger(file)

    def driver(self, enough: Callable[[], bool], callers: int = CALLERS, seed: str = "黔") -> Driver:
        return Driver(self.rig.web, self.ledger, self.prefecture, callers, seed, enough)

    def settle(self, driver: Driver, result: Result, seconds: float = 300) -> Result:
        """After the fault: everybody finishes, quiet comes, and the joins say what is wrong."""
        if not driver.join(seconds):
            driver.stop()
            result.wrong.append("stuck: callers did not come to an end")
        if waiting := self.rig.await_ready():
            result.wrong.append(f"stuck: {', '.join(waiting)} did not come back")
        quiet = await_quiet(self.rig)
        if not quiet.is_quiet:
            result.wrong.append(f"stuck: no quiet after {quiet.seconds:.0f} s: {quiet.left}")
        result.wrong += [*self._unexpected(driver), *differences(self.rig, self.ledger)]
        if self.rig.problems:  # Tried again, as ``make run`` does.
            result.figures["servers that took more than one start"] = len(self.rig.problems)
            self.rig.problems.clear()
        found = Counter(kind for wrong in result.wrong for kind in KINDS if f"{kind}:" in wrong)
        found["unexpected"] = len(result.wrong) - found.total()
        result.figures |= {"commands": self.ledger.done, "sent again": self.ledger.count("tries > 1")}
        result.figures |= {"quiet after s": round(quiet.seconds)} | {kind: found[kind] for kind in (*KINDS, "unexpected")}
        return result

    def _unexpected(self, driver: Driver) -> list[str]:
        """Answers that nobody should have got."""
        refused = (
            "SELECT operation, status, code, count(*) FROM command WHERE NOT status BETWEEN 200 AND 299 AND known_at IS NOT NULL"
        )
        found = [
            f"refused {n} times: {op} {status} {code}" for op, status, code, n in self.ledger.rows(f"{refused} GROUP BY 1, 2, 3")
        ]
        stuck = self.ledger.count("known_at IS NULL")
        found += [f"stuck: {stuck} commands whose outcome nobody ever told"] if stuck else []
        return found + [f"fault answered {n} times: {what}" for what, n in driver.faults.items()] + driver.broken


@contextmanager
def at_work(trial: Trial, result: Result, seed: str) -> Iterator[Driver]:
    """People work for as long as something is broken inside; then all is settled."""
    over = threading.Event()
    driver = trial.driver(over.is_set, seed=seed)
    driver.start()
    try:
        yield driver
    finally:
        driver.hold(False)
        over.set()
    trial.settle(driver, result)
