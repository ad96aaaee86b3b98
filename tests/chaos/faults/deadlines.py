"""R-07: a service that does not answer holds nobody longer than five seconds, and does nothing of it afterwards."""

import signal
import threading
import time
from pathlib import Path
from uuid import uuid4

from gateway.rpc import SECONDS
from services.kernel.ids import new_id
from tests.chaos.rig import Rig
from tests.chaos.trial import Result, Trial, at_work
from tests.chaos.web import Answer

GROWTH = 20.0  # MiB by which the gateway may grow.
SLACK = 1.5  # Seconds that a busy machine may add to the deadline.


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident(rig: Rig) -> float:
    """MiB that the gateway's processes hold."""
    master = rig.pids()["gateway-api"]
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in (master, *children(master))]
    return sum(pages) * 4096 / 2**20


def ask_in_vain(trial: Trial, seconds: float, callers: int = 24) -> tuple[list[str], list[Answer]]:
    """Registrations for so long, each asked once; their keys and what was answered."""
    keys, answers, lock, end = list[str](), list[Answer](), threading.Lock(), time.monotonic() + seconds

    def ask() -> None:
        while time.monotonic() < end:
            key = str(uuid4())
            words = {"id": new_id(), "place": "车间", "description": "超时之后不得登记"}
            headers = {"Idempotency-Key": key, "X-Request-ID": key}
            answer = trial.rig.web.ask(trial.prefecture.enterprises[0].checker, "POST", "/hazards", words, **headers)
            with lock:
                keys.append(key)
                answers.append(answer)
            time.sleep(0.3 if answer.seconds < 1 else 0)  # Told at once, since others wait.

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return keys, answers


def run(trial: Trial, seconds: float = 60) -> Result:
    rig, result = trial.rig, Result("R-07 deadlines", "")
    with at_work(trial, result, "R-07") as driver:
        time.sleep(3)
        driver.hold(True)
        rig.signal("hazard-serve", signal.SIGSTOP)
        try:
            first, _ = ask_in_vain(trial, SECONDS)  # Every thread has its connections from now on.
            before = resident(rig)
            keys, answers = ask_in_vain(trial, seconds)
            grown = resident(rig) - before
        finally:
            rig.signal("hazard-serve", signal.SIGCONT)
        driver.hold(False)
    done = rig.rows("hazard", "SELECT count(*) FROM audit WHERE request_id = ANY(:keys) AND result = 'done'", keys=first + keys)[0][
        0
    ]
    slowest = max(answer.seconds for answer in answers)
    refused = sum(answer.status == 503 for answer in answers)
    timed_out = sum(answer.seconds >= SECONDS for answer in answers)
    result.hits = f"{refused} of {len(answers)} requests to a frozen service refused, {timed_out} of them at the deadline"
    result.figures |= {"slowest s": round(slowest, 2), "carried out afterwards": done, "gateway grew MiB": round(grown, 1)}
    result.wrong += ["nobody waited for the frozen service"] if not timed_out else []
    result.wrong += [f"{len(answers) - refused} requests were answered otherwise"] if refused != len(answers) else []
    result.wrong += [f"a caller waited {slowest:.1f} s"] if slowest > SECONDS + SLACK else []
    result.wrong += [f"doubled: {done} commands were carried out after their callers had given up"] if done else []
    result.wrong += [f"the gateway grew by {grown:.0f} MiB"] if grown > GROWTH else []
    return result
