"""The whole platform at one place: servers, databases, demonstration data and processes, up and down again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from deploy.local import servers
from deploy.local.console import Problem, step
from deploy.local.databases import SERVICES, Databases
from deploy.local.place import Place, is_free
from deploy.local.processes import PYTHON, SEED, Environments, Process, processes, within
from deploy.local.supervisor import Supervisor
from services.kernel.service import named
from services.runtime.bus import prepare

PATIENCE = 300.0


class Platform:
    """``start`` returns when every process answers that it is ready; ``stop`` when nothing is left."""

    def __init__(self, place: Place, services: Sequence[str] = SERVICES, prefix: str = "dual_", demo: bool = True) -> None:
        self.place = place
        self.supervisor = Supervisor(place)
        self.accounts = place.root / "accounts.txt"
        self.administrators = place.root / "administrators.txt"
        self._services = services
        self._prefix = prefix
        self._demo = demo

    @property
    def processes(self) -> list[Process]:
        return processes(self._services)

    @property
    def ports(self) -> dict[str, int]:
        return self.place.recorded("ports")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports['gateway-api']}"

    @property
    def databases(self) -> Databases:
        return Databases(self.place, servers.address(self.place, "postgres"), self._prefix)

    def prepare(self) -> Environments:
        """Everything that processes stand on: servers, databases, roles, demonstration data; and what processes are told."""
        addresses = servers.start(self.place)
        with step("bringing databases and queues up to date"):
            for service in self._services:
                self.databases.migrate(service)
                prepare(addresses["rabbitmq"], named(service))
        environments = Environments(self.place, self.databases, addresses)
        self._seed(environments)
        self._fill(environments)
        return environments

    def start(self) -> None:
        """Bring everything up; what a crash left behind is cleared first."""
        self._clear()
        environments = self.prepare()
        ports = {process.name: self._port(process) for process in self.processes}
        self.supervisor.start({p.name: within(environments.write(p, ports), p.at(ports[p.name])) for p in self.processes})
        self._wait()

    def stop(self) -> None:
        """Processes first, then the servers they use."""
        self._clear()
        servers.stop(self.place)

    def _clear(self) -> None:
        self.supervisor.stop()
        for pid in leftovers(self.place.root):
            os.kill(pid, signal.SIGKILL)

    def _port(self, process: Process) -> int:
        wanted = os.environ.get("PORT")
        if process.name != "gateway-api" or not wanted:
            return self.place.port(process.name)
        if not is_free(int(wanted)):
            raise Problem(f"port {wanted} is taken by another program: choose another with make run PORT=...")
        return int(self.place.record("ports", process.name, int(wanted)))

    def _seed(self, environments: Environments) -> None:
        """Roles and, once, the first administrators, whose passwords are shown this one time and kept for their owner."""
        if "gateway" in self._services:
            said = self._run("gateway-seed", within(environments.write(SEED, {}), SEED.at(0)))
            if people := [line for line in said.splitlines() if not line.startswith("role ")]:
                Place.write(self.administrators, "\n".join([*people, ""]))

    def _fill(self, environments: Environments) -> None:
        """Demonstration data, once; before any process runs, since they are made at a simulated time."""
        if not self._demo or self.place.recorded("demo").get("done") or find_spec("deploy.demo") is None:
            return
        with step("making demonstration data"):
            self._run("demo", within(environments.write_for_demo(self._services, self.accounts), [*PYTHON, "deploy.demo"]))
        self.place.record("demo", "done", True)

    def _run(self, name: str, command: list[str]) -> str:
        """Run a program to its end; what it printed."""
        log = self.place.logs / f"{name}.log"
        with log.open("w") as errors:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        if done.returncode:
            last = (log.read_text("utf-8").strip().splitlines() or ["nothing"])[-1]
            raise Problem(f"{name} failed; read {log}, then make clean and make run (last: {last[:300]})")
        return done.stdout

    def _wait(self) -> None:
        waiting = [p.name for p in self.processes]
        total, end, shown = len(waiting), time.monotonic() + PATIENCE, time.monotonic()
        with step(f"starting {total} processes"):
            while waiting := [name for name in waiting if not is_ready(self.ports[name])]:
                if time.monotonic() - shown > 3:
                    print(f"  {total - len(waiting)} of {total} ready, waiting for {', '.join(waiting[:4])}", file=sys.stderr)
                    shown = time.monotonic()
                if failed := self.supervisor.failed():
                    self._report(failed, "stops as soon as it is started")
                if time.monotonic() > end:
                    self._report(waiting[0], f"is not ready after {PATIENCE:.0f} s")
                time.sleep(0.2)

    def _report(self, name: str, what: str) -> None:
        log = self.supervisor.log(name)
        for line in log.read_text("utf-8", "replace").splitlines()[-12:] if log.exists() else []:
            print(f"  {line[:400]}", file=sys.stderr)
        raise Problem(f"{name} {what}; its log is {log}")


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=3) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def leftovers(root: Path) -> list[int]:
    """Processes of a place that outlived their supervisor; they carry its directory in their environment."""
    mark = f"STACK={root}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue  # It has ended meanwhile, or is somebody else's.
    return found
