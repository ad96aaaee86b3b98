"""R-03 and R-04: the broker is away, or its alarm stops all publishers; nothing hangs, and what was announced goes out later."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from deploy.local.databases import SERVICES
from tests.chaos.quiet import WAITING
from tests.chaos.rig import Rig
from tests.chaos.trial import Result, Trial, at_work

HANG = 10.0  # Seconds within which every request has to be answered, whatever the broker does.
NO_SPACE = "rabbit_disk_monitor:set_disk_free_limit(1000000000000000)."
SPACE = "rabbit_disk_monitor:set_disk_free_limit(50000000)."


@dataclass
class Probe:
    """How a request that needs a service was answered, again and again, while something was broken."""

    statuses: list[int] = field(default_factory=list)
    slowest: float = 0.0


@contextmanager
def probing(trial: Trial) -> Iterator[Probe]:
    probe, end, token = Probe(), threading.Event(), trial.prefecture.enterprises[0].manager

    def ask() -> None:
        while not end.is_set():
            answer = trial.rig.web.ask(token, "GET", "/hazards?limit=1")
            probe.statuses.append(answer.status)
            probe.slowest = max(probe.slowest, answer.seconds)
            time.sleep(0.2)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield probe
    finally:
        end.set()
        thread.join(60)


def backlog(rig: Rig) -> int:
    """Announcements that wait for the broker."""
    return sum(int(rig.rows(service, WAITING["outbox"])[0][0]) for service in SERVICES)


def drain(rig: Rig, result: Result, seconds: float = 300) -> None:
    """Until what waited has gone out."""
    waited, started = backlog(rig), time.monotonic()
    while backlog(rig) > 0 and time.monotonic() - started < seconds:
        time.sleep(0.1)
    took = time.monotonic() - started
    result.figures |= {"backlog": waited, "drained in s": round(took, 1), "events/s": round(waited / max(took, 0.1))}


def judge(result: Result, probe: Probe) -> None:
    counted = ", ".join(f"{probe.statuses.count(each)}x {each}" for each in sorted(set(probe.statuses)))
    result.figures |= {"meanwhile": counted, "slowest answer s": round(probe.slowest, 1)}
    if probe.slowest > HANG:
        result.wrong.append(f"a request hung for {probe.slowest:.1f} s")
    if strange := set(probe.statuses) - {200, 503}:
        result.wrong.append(f"answered {sorted(strange)} while the broker was away")


def away(trial: Trial, seconds: float = 60) -> Result:
    """Announcements are held back first, so that there is a backlog when the broker goes."""
    rig, result = trial.rig, Result("R-03 broker away", "")
    workers = [f"{service}-worker" for service in SERVICES]
    with at_work(trial, result, "R-03") as driver:
        for name in workers:
            rig.signal(name, signal.SIGSTOP)
        time.sleep(20)
        driver.hold(True)
        rig.kept_away.add("rabbitmq")
        hit = rig.signal("rabbitmq", signal.SIGKILL)
        rig.signal("hazard-serve", signal.SIGKILL)  # Which cannot start before the broker is back.
        for name in workers:
            rig.signal(name, signal.SIGCONT)
        driver.hold(False)
        with probing(trial) as probe:
            time.sleep(seconds)
            held = backlog(rig)
        rig.kept_away.discard("rabbitmq")
        while not rig.is_ready("rabbitmq"):
            time.sleep(0.05)
        drain(rig, result)
    judge(result, probe)
    result.hits = f"broker killed and away {seconds:.0f} s, backlog {held}"
    if not hit or not held:
        result.wrong.append("the broker was not away, or nothing waited for it")
    return result


def alarm(trial: Trial, seconds: float = 30) -> Result:
    """The broker believes its disk to be full: it reads from no publisher any more."""
    rig, result = trial.rig, Result("R-04 broker alarm", "")
    broker = rig.server("rabbitmq")
    with at_work(trial, result, "R-04"):
        time.sleep(3)
        broker.evaluate(NO_SPACE)
        alarms = broker.evaluate("rabbit_alarm:get_alarms().")
        with probing(trial) as probe:
            time.sleep(seconds)
            held = backlog(rig)
        broker.evaluate(SPACE)
        drain(rig, result)
    judge(result, probe)
    result.hits = f"alarm {alarms.strip()} for {seconds:.0f} s, backlog {held}"
    if "disk" not in alarms:
        result.wrong.append("no alarm was raised")
    return result
