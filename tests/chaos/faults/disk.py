"""R-12: the disk is full under PostgreSQL, the broker and the uploaded files: refusals with a reason, and recovery by itself.

A platform of its own has its data on a small disk in memory; a file fills what is left of it.
"""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.faults.broker import backlog, probing
from tests.chaos.rig import ROOT, Rig, rig
from tests.chaos.trial import Result, Trial, at_work

DISK = Path("/var/lib/dual-prevention/chaos-disk")
MEBIBYTES = 1_500


@contextmanager
def small_disk(size: int = MEBIBYTES) -> Iterator[Path]:
    """A disk of so many MiB."""
    DISK.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=711", "chaos", str(DISK)], check=True)
    try:
        yield DISK
    finally:
        subprocess.run(["umount", "--lazy", str(DISK)], check=True)
        DISK.rmdir()


def fill(disk: Path) -> int:
    """Take all that is left; how many MiB that were."""
    written = 0
    with (disk / "filler").open("wb", buffering=0) as file:
        while True:
            try:
                written += file.write(bytes(2**20))
            except OSError:
                return written // 2**20


def free(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


def _mend_broker(rig: Rig) -> bool:
    """What docs/operations.md asks of an operator: RabbitMQ does not start the log of its quorum queues again by itself."""
    if rig.server("rabbitmq").evaluate("is_pid(whereis(ra_log_wal)).").strip() == "true":
        return False
    rig.signal("rabbitmq", signal.SIGTERM)  # The keeper starts it again.
    return True


def run(seconds: float = 30) -> Result:
    result = Result("R-12 disk full", "")
    if os.geteuid() != 0:
        result.wrong.append("not run: mounting a small disk takes an administrator")
        return result
    with small_disk() as disk, rig(ROOT.with_name("chaos-disk"), disk) as made:
        trial = Trial(made, made.found(2), made.place.root / "ledger.sqlite")
        with at_work(trial, result, "R-12"):
            time.sleep(10)
            before = trial.ledger.done
            taken, left = fill(disk), free(disk)
            with probing(trial) as probe:
                time.sleep(seconds)
            meanwhile, waiting = trial.ledger.done - before, made.problems[:]
            made.problems.clear()
            (disk / "filler").unlink()
            back = time.monotonic()
            while trial.ledger.done == before + meanwhile and time.monotonic() - back < 120:
                time.sleep(0.1)
            result.figures["first command after s"] = round(time.monotonic() - back, 1)
            result.figures["broker had to be started anew"] = _mend_broker(made)
        unsettled = Counter(trial.ledger.unsettled())
        result.figures |= {"reads meanwhile": dict(Counter(probe.statuses)), "commands done meanwhile": meanwhile}
        result.figures |= {
            "answers to be repeated": dict(unsettled),
            "server restarts refused": len(waiting),
            "left": backlog(made),
        }
    result.hits = f"{taken} MiB taken, {left} bytes free for {seconds:.0f} s"
    result.wrong += ["the disk was not full"] if left > 2**20 else []
    return result
