"""R-01: processes and servers die by ``kill -9`` at random points; what was acknowledged is there once, nothing else is."""

import signal
import time
from collections import Counter
from dataclasses import dataclass
from random import Random

from deploy.local.daemon import birth
from tests.chaos.ledger import Ledger
from tests.chaos.rig import SERVERS, Rig
from tests.chaos.trial import Result, Trial

# Of a hundred kills: services (their listeners and the gateway too), workers (relay, reactor, sealer, jobs), servers.
SHARES = {"service": 70, "worker": 15, "postgres": 10, "rabbitmq": 5}


PATIENCE = 300.0  # Seconds in which a platform has to get some work done, whatever has happened to it.
WORK = 10  # Commands between two kills, at least: on a busy machine a service takes its time to come back.


@dataclass(frozen=True)
class Kill:
    """Who was killed; it hit when that very process is gone and another one runs in its stead."""

    name: str
    pid: int
    born: str


def victims(times: int, chance: Random) -> list[str]:
    """The kinds of victims, in random order, each kind with its share and at least one of each."""
    found = [kind for kind, share in SHARES.items() for _ in range(max(1, times * share // 100))]
    found += ["service"] * (times - len(found))
    chance.shuffle(found)
    return found[:times]


def kill(rig: Rig, kind: str, chance: Random) -> Kill | None:
    """Kill one of this kind that runs; None when none does at this moment."""
    running = rig.pids()
    services = [name for name in running if name.endswith("-serve") or name in ("gateway-api", "gateway-stream")]
    candidates = {
        "service": services,
        "worker": [name for name in running if name.endswith("-worker")],
    }.get(kind, [name for name in SERVERS if name == kind and name in running])
    if not candidates:
        return None
    name = chance.choice(candidates)
    hit = rig.signal(name, signal.SIGKILL)
    return Kill(name, *hit) if hit else None


def is_proven(rig: Rig, each: Kill) -> bool:
    """The process that was hit is gone, and another has its place."""
    return birth(each.pid) != each.born and rig.pids().get(each.name, each.pid) != each.pid


class Progress:
    """How much of the trial is over: of its commands or of its time, whichever is further; and when all have been killed."""

    def __init__(self, ledger: Ledger, commands: int, seconds: float) -> None:
        self._ledger, self._commands, self._seconds = ledger, commands, seconds
        self._base, self._started = ledger.done, time.monotonic()
        self.are_kills_over = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def share(self) -> float:
        return max((self._ledger.done - self._base) / self._commands, self.seconds / self._seconds)

    def await_share(self, share: float) -> bool:
        """Wait for this share of the trial and for some work since the last time; False when nothing moves any more."""
        enough, patience = self._ledger.done + WORK, time.monotonic() + PATIENCE
        while self.share < share or self._ledger.done < enough:
            if time.monotonic() > patience and self._ledger.done < enough:
                return False
            time.sleep(0.02)
        return True

    def is_over(self) -> bool:
        return self.are_kills_over and self.share >= 1


def run(trial: Trial, commands: int, times: int, seconds: float, seed: str = "R-01", callers: int = 16) -> Result:
    """Kills are spread evenly over the trial; none before the platform has got on with its work since the last."""
    chance, progress = Random(seed), Progress(trial.ledger, commands, seconds)
    driver = trial.driver(progress.is_over, callers, seed)
    driver.start()
    kills: list[Kill] = []
    for number, kind in enumerate(victims(times, chance)):
        if not progress.await_share((number + chance.random()) / (times + 1)):
            break  # Quiet will say what is stuck.
        while (hit := kill(trial.rig, kind, chance)) is None:
            time.sleep(0.2)
        kills.append(hit)
    progress.are_kills_over = True
    driver.join(600)
    result = Result("R-01 kill -9", "", {"s": round(progress.seconds)})
    return prove(trial, trial.settle(driver, result), kills, times)


def prove(trial: Trial, result: Result, kills: list[Kill], times: int) -> Result:
    proven = [each for each in kills if is_proven(trial.rig, each)]
    spread = Counter(each.name if each.name in SERVERS else each.name.rpartition("-")[2] for each in proven)
    result.hits = f"{len(proven)} of {times} kills proven ({', '.join(f'{n} {name}' for name, n in sorted(spread.items()))})"
    if len(proven) != times:
        result.wrong.append(f"{times - len(proven)} kills did not hit")
    return result
