"""Where benchmarks run: a platform of their own with empty databases, helpers beside it, and one way to load it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import redis
import sqlalchemy as sa

from bench import measure
from deploy.local import servers
from deploy.local.console import Problem
from deploy.local.lifecycle import Platform
from deploy.local.place import CHECKOUT, Place, is_free
from deploy.local.processes import Environments, Process, within
from services.kernel.work import Database

ROOT = CHECKOUT / ".stack" / "bench"
PYTHON = [sys.executable, "-m"]


@dataclass(frozen=True)
class Outcome:
    """What a load measured: latencies ascending in seconds, answers by status, processor seconds of each part."""

    seconds: float
    latencies: list[float]
    statuses: dict[str, int]
    cpu: dict[str, float]

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return sum(n for status, n in self.statuses.items() if status.startswith("2")) / self.seconds

    @property
    def failed(self) -> int:
        return sum(n for status, n in self.statuses.items() if not status.startswith("2"))

    def at(self, part: float) -> float:
        """A percentile in milliseconds."""
        return measure.percentile(self.latencies, part) * 1000

    def cpu_of_one(self) -> str:
        """Processor milliseconds of one request, part by part."""
        done = max(len(self.latencies), 1)
        shares = sorted(((name, seconds * 1000 / done) for name, seconds in self.cpu.items()), key=lambda pair: -pair[1])
        return ", ".join(f"{name} {each:.1f}" for name, each in shares if each >= 0.05)


class Stand:
    """The platform of the benchmarks."""

    def __init__(self, root: Path = ROOT) -> None:
        Platform(Place(root)).stop()
        Place(root).remove()
        # Data survive a power cut here as they do at ``make run``: every commit waits for the disk.
        self.platform = Platform(Place(root), demo=False)
        self.place = self.platform.place

    def end(self) -> None:
        """Stop everything and delete it, data included."""
        self.platform.stop()
        self.place.remove()

    @cached_property
    def addresses(self) -> dict[str, str]:
        return {name: servers.address(self.place, name) for name in servers.ALL}

    @cached_property
    def memory(self) -> "redis.Redis[str]":
        return redis.Redis.from_url(self.addresses["redis"], decode_responses=True)

    def admin(self, service: str) -> str:
        """A service's database as the superuser, whom no wall of scope holds."""
        return self.platform.databases.admin_url(f"dual_{service}")

    def database(self, service: str) -> Database:
        """A service's database as its application reaches it, from the benchmark's own process."""
        return Database(sa.create_engine(self.platform.databases.addresses(service).url, pool_size=4), f"520000/{service}")

    @contextmanager
    def without(self, *processes: str) -> Iterator[None]:
        """Stop these processes for a while."""
        for name in processes:
            self.platform.supervisor.proxy.supervisor.stopProcess(name)
        try:
            yield
        finally:
            for name in processes:
                self.platform.supervisor.proxy.supervisor.startProcess(name)

    @contextmanager
    def beside(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
        """Run a helper while inside; when the stand ends it ends, whatever happens to us."""
        given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "STACK": str(self.place.root), **env}
        with (self.place.logs / f"{name}.log").open("w") as log:
            process = subprocess.Popen(command, env=given, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()

    def until_it_listens(self, port: int, process: "subprocess.Popen[str]", name: str) -> None:
        """Wait for a helper's port."""
        end = time.monotonic() + 60
        while is_free(port):
            if process.poll() is not None or time.monotonic() > end:
                raise Problem(f"{name} does not start; read {self.place.logs / name}.log")
            time.sleep(0.1)

    def service_command(self, name: str, *command: str) -> list[str]:
        """A command in the environment that a process of the platform would be given."""
        written = Environments(self.place, self.platform.databases, self.addresses).write(Process(name, "gateway", command), {})
        return within(written, command)

    def load(
        self, port: int, requests: list[str], connections: int, seconds: float, rate: float | None = None,
        most: int | None = None, first: int = 0, also: Sequence[int] = (),
    ) -> Outcome:  # fmt: skip
        """Have the driver send these requests in turn, ``most`` at most, of which the ``first`` are not noted; ``also`` serve
        them beside the platform."""
        plan = {
            "host": "127.0.0.1", "port": port, "requests": requests, "connections": connections, "seconds": seconds, "rate": rate,
            "most": most, "first": first,
        }  # fmt: skip
        file = Place.write(self.place.root / "plan.json", json.dumps(plan))
        before = self.cpu(also)
        done = subprocess.run([*PYTHON, "bench.driver", str(file)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise Problem("the driver of the benchmark failed")
        told: dict[str, Any] = json.loads(done.stdout)
        cpu = {name: seconds - before.get(name, 0.0) for name, seconds in self.cpu(also).items()} | {"driver": told["cpu"]}
        return Outcome(told["seconds"], told["latencies"], told["statuses"], cpu)

    def roots(self) -> dict[str, list[int]]:
        """The first process of each part of the platform."""
        found = {name: [pid] for name in servers.ALL if (pid := servers.KINDS[name](self.place).daemon.pid)}
        return found | {name: [pid] for name, pid in self.platform.supervisor.pids().items()}

    def cpu_of(self, name: str) -> float:
        """Processor seconds so far of one part."""
        return measure.cpu_seconds(self.roots()[name])

    def cpu(self, also: Sequence[int] = ()) -> dict[str, float]:
        """Processor seconds so far of each part; the services that only react are one."""
        found: dict[str, float] = {}
        for name, pids in (*self.roots().items(), ("peer", list(also))):
            found[name] = measure.cpu_seconds(pids)
        return found
