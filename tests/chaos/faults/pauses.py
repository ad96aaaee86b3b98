"""R-02: processes are frozen by SIGSTOP and thawed; a worker that slept through its lease commits nothing stale.

Beside the platform's own worker of one service a second one runs, so that a lease that is slept through goes to somebody.
"""

import os
import signal
import time
from pathlib import Path
from random import Random

from services.kernel.lease import SECONDS
from tests.chaos.rig import Rig
from tests.chaos.trial import Result, Trial, at_work

SERVICE = "hazard"
FENCE = "SELECT fence, holder FROM lease WHERE name = 'relay'"


def is_frozen(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def freeze(rig: Rig, name: str, seconds: float) -> bool:
    """Stop a process for so long; whether it was seen to stand still at the beginning and at the end."""
    hit = rig.signal(name, signal.SIGSTOP)
    if hit is None:
        return False
    end = time.monotonic() + seconds
    while not is_frozen(hit[0]) and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(max(end - time.monotonic(), 0))
    was_frozen = is_frozen(hit[0])
    rig.signal(name, signal.SIGCONT)
    return was_frozen


def freeze_holder(rig: Rig) -> bool:
    """Freeze whoever publishes for longer than his lease; whether somebody else took it meanwhile, under another fence."""
    fence, holder = rig.rows(SERVICE, FENCE)[0]
    pid = int(holder.rpartition(":")[2])
    os.kill(pid, signal.SIGSTOP)
    try:
        end = time.monotonic() + SECONDS * 3
        while rig.rows(SERVICE, FENCE)[0][0] == fence and time.monotonic() < end:
            time.sleep(0.2)
        return bool(is_frozen(pid) and rig.rows(SERVICE, FENCE)[0][0] > fence)
    finally:
        os.kill(pid, signal.SIGCONT)


def run(trial: Trial, times: int = 10, longest: float = 15, leases: int = 3, seed: str = "R-02") -> Result:
    chance, result, hits, moved = Random(seed), Result("R-02 SIGSTOP", ""), 0, 0
    with trial.rig.second_worker(SERVICE), at_work(trial, result, seed):
        for number in range(times):
            names = [name for name in trial.rig.pids() if name not in ("postgres", "rabbitmq")]
            hits += freeze(trial.rig, chance.choice(names), chance.uniform(2, longest))
            if number < leases:
                moved += freeze_holder(trial.rig)
    result.hits = f"{hits} of {times} pauses of 2 to {longest:.0f} s seen, {moved} of {leases} leases moved to another worker"
    if hits != times or moved != leases:
        result.wrong.append("a pause did not hit")
    return result
