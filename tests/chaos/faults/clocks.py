"""R-13: one process's clock is wrong, by minutes or by more than a year: nothing is done twice, lost or in the wrong order.

Only checks of tokens may refuse, and what a deadline judges; both say so, and end with the wrong clock.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from xmlrpc.client import Fault

from deploy.local import packages
from deploy.local.place import CHECKOUT
from tests.chaos.rig import Rig
from tests.chaos.trial import Result, Trial, at_work

OFFSETS = ("+600s", "-600s", "+34560000s", "-34560000s")  # Ten minutes, and four hundred days.
PROCESSES = ("hazard-serve", "gateway-api", "hazard-worker", "stats-worker")
# A worker that is more than a year ahead does what is due by then, deadlines among it: that is no fault of order.
UNFAIR = {(name, offset) for name in ("hazard-worker", "stats-worker") for offset in OFFSETS[2:]}
# The library mistakes the end of ``time.sleep``, a moment of the monotonic clock, for one of the wrong clock, and the kernel
# refuses what comes of it.  ``select`` waits for a span, so that whoever lives at another time sleeps by it.
SLEEP = "import select, time\n\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"
TOKENS = {401, 403}


def library() -> str:
    if shutil.which("faketime") is None:
        packages.install(["faketime"])
    return str(next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")))


def restart(rig: Rig, name: str) -> None:
    supervisor = rig.platform.supervisor.proxy.supervisor
    with suppress(Fault):  # One that could not live with its clock has ended already.
        supervisor.stopProcess(name)
    supervisor.startProcess(name, False)


@contextmanager
def wrong_clock(rig: Rig, name: str, offset: str) -> Iterator[None]:
    """One process lives at another time; its environment is what it was afterwards."""
    file = rig.place.root / "environment" / f"{name}.env"
    before = file.read_text("utf-8")
    more = {"LD_PRELOAD": library(), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
    more["PYTHONPATH"] = f"{_sleeping(rig)}:{CHECKOUT}"
    file.write_text(before + "".join(f"{key}={value}\n" for key, value in more.items()), "utf-8")
    restart(rig, name)
    try:
        yield
    finally:
        file.write_text(before, "utf-8")
        restart(rig, name)


def _sleeping(rig: Rig) -> Path:
    """Where the module lies that Python imports before anything else."""
    folder = rig.place.root / "sleeping"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(SLEEP, "utf-8")
    return folder


def is_elsewhen(rig: Rig, name: str) -> bool:
    """Whether the process really has the library of another time."""
    pid = rig.pids().get(name)
    return pid is not None and "libfaketime" in Path(f"/proc/{pid}/maps").read_text()


def run(trial: Trial, seconds: float = 15) -> Result:
    rig, result, missed = trial.rig, Result("R-13 clock", ""), list[str]()
    library()
    wanted = [(name, offset) for name in PROCESSES for offset in OFFSETS if (name, offset) not in UNFAIR]
    with at_work(trial, result, "R-13"):
        for name, offset in wanted:
            with wrong_clock(rig, name, offset):
                rig.await_ready(60)
                missed += [] if is_elsewhen(rig, name) else [f"{name} {offset} ({rig.states().get(name)})"]
                time.sleep(seconds)
            rig.await_ready(60)
    result.hits = (
        f"{len(wanted) - len(missed)} of {len(wanted)} wrong clocks ({', '.join(PROCESSES)}; ten minutes and four hundred days)"
    )
    of_tokens = [wrong for wrong in result.wrong if any(f" {status} " in wrong and "refused" in wrong for status in TOKENS)]
    result.figures["refused by checks of tokens"] = len(of_tokens)
    result.wrong = [wrong for wrong in result.wrong if wrong not in of_tokens]
    result.wrong += [f"the clock of {name} was not wrong" for name in missed]
    return result
