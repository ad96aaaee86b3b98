"""``python -m tests.chaos.pods``: the platform's processes as pods, taken down and up one after the other while people work.

Needs what docs/deploy.md says of playing on one machine: servers and secrets from ``deploy.k8s.play``, the overlay
``local`` played by podman, nobody signed in yet.  Each pod ends as a rolling restart would end it: SIGTERM, its grace, then
a new process.  At the end the joins of all faults.
"""

import json
import subprocess
import sys
import time
from typing import Any

from deploy.k8s.play import PLACE
from deploy.local.lifecycle import Platform
from deploy.local.place import Place
from tests.chaos.__main__ import ENTERPRISES, shown
from tests.chaos.rig import SERVERS, Rig
from tests.chaos.trial import Result, Trial, at_work

GRACE, START = 40, 180


class Pods(Rig):
    """The rig over pods in the place of processes under supervisord."""

    def pids(self) -> dict[str, int]:
        pods = {each["PodName"].removesuffix("-pod-0"): int(each["Pid"]) for each in self._containers()}
        return pods | {name: pid for name in SERVERS if (pid := self.server(name).daemon.pid) is not None}

    def states(self) -> dict[str, str]:
        return dict.fromkeys(self.pids(), "RUNNING")

    def restart(self, name: str) -> None:
        """End a pod's process as the cluster would; podman starts it anew by its policy.  Returns when it is ready."""
        container = next(each for each in self._containers() if each["PodName"] == f"{name}-pod-0")
        _podman("kill", "--signal", "TERM", container["Id"])
        grace = time.monotonic() + GRACE
        while self.pids().get(name) in (None, int(container["Pid"])):
            if time.monotonic() > grace:
                _podman("kill", "--signal", "KILL", container["Id"])
                grace += GRACE
            time.sleep(0.2)
        while not self.is_ready(name):
            time.sleep(0.2)

    def _containers(self) -> list[dict[str, Any]]:
        return [each for each in json.loads(_podman("ps", "--pod", "--format", "json")) if not each["IsInfra"]]


def _podman(*arguments: str) -> str:
    return subprocess.run(["podman", *arguments], capture_output=True, text=True, check=True).stdout


def roll(trial: Trial, pods: Pods) -> Result:
    """Every pod once, one after the other."""
    names = [process.name for process in pods.platform.processes]
    result, before, started = Result("rolling restart of pods", ""), pods.pids(), time.monotonic()
    with at_work(trial, result, "pods"):
        for name in names:
            pods.restart(name)
        seconds = time.monotonic() - started
    changed = [name for name, pid in pods.pids().items() if name in names and pid != before.get(name)]
    result.hits = f"{len(changed)} of {len(names)} pods replaced"
    if len(changed) < len(names):
        result.wrong.append("not every pod was replaced: nothing is proven")
    result.figures["rolled in s"] = round(seconds)
    return result


def main() -> None:
    place = Place(PLACE, throwaway=True)
    pods = Pods(place, Platform(place, demo=False))
    try:
        if waiting := pods.await_ready(START):
            sys.exit(f"not ready: {', '.join(waiting)}")
        result = roll(Trial(pods, pods.found(ENTERPRISES), place.root / "ledger.sqlite"), pods)
    finally:
        pods.close()
    sys.exit(1 if shown(result).wrong else 0)


if __name__ == "__main__":
    main()
