"""A private platform of its own, whose processes and servers the faults lay hands on; nothing of it outlives the rig."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from deploy.local import servers
from deploy.local.console import Problem
from deploy.local.daemon import birth
from deploy.local.lifecycle import Platform, is_ready
from deploy.local.place import CHECKOUT, Place
from deploy.local.processes import PYTHON, within
from services.kernel.work import Database
from tests.chaos.people import Founding, Prefecture
from tests.chaos.web import Web

ROOT = CHECKOUT / ".stack" / "chaos"
# The rig's few people are a whole prefecture's; and what costs time only would cost it in every run.
SETTINGS = {"LIMIT_ACCOUNT": "1000000/minute", "LIMIT_PUBLIC": "1000000/minute", "LIMIT_DOOR": "1000000/minute"}
SERVERS = ("postgres", "rabbitmq")


class Rig:
    """The platform, who lives in it, and a keeper that starts fallen servers again as ``make run`` does."""

    def __init__(self, place: Place, platform: Platform) -> None:
        self.place, self.platform = place, platform
        self.web = Web(platform.ports["gateway-api"])
        self.problems: list[str] = []
        self.kept_away: set[str] = set()
        self._engines: dict[str, sa.Engine] = {}
        self._end = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def found(self, enterprises: int) -> Prefecture:
        lines = [line.split() for line in self.platform.administrators.read_text("utf-8").splitlines()]
        passwords = {username: password for _, username, password in lines}
        return Founding(self.web, servers.address(self.place, "redis"), passwords).prefecture(enterprises)

    def _keep(self) -> None:
        while not self._end.wait(0.3):
            try:
                fallen = [name for name in SERVERS if name not in self.kept_away and self.server(name).daemon.pid is None]
                if fallen:
                    servers.start(self.place, fallen)
            except (Problem, OSError) as error:
                self.problems.append(str(error))

    def server(self, name: str) -> Any:
        return servers.KINDS[name](self.place)

    def pids(self) -> dict[str, int]:
        """What runs at this moment, by name: processes under supervisord, and the servers."""
        return self.platform.supervisor.pids() | {
            name: pid for name in SERVERS if (pid := self.server(name).daemon.pid) is not None
        }

    def states(self) -> dict[str, str]:
        """How supervisord sees each process."""
        infos: Any = self.platform.supervisor.proxy.supervisor.getAllProcessInfo()
        return {str(each["name"]): str(each["statename"]) for each in infos}

    def signal(self, name: str, number: int) -> tuple[int, str] | None:
        """Send a signal to a process or server; who got it, by pid and birth, None when there is nobody."""
        pid = self.pids().get(name)
        born = birth(pid) if pid else None
        if pid is None or born is None:
            return None
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return None
        return pid, born

    @contextmanager
    def second_worker(self, service: str, number: int = 0) -> Iterator[int]:
        """Another worker beside a service's own, as it would run on a second machine."""
        own = self.place.root / "environment" / f"{service}-worker.env"
        lines = [line for line in own.read_text("utf-8").splitlines() if not line.startswith("HEALTH_PORT=")]
        env = Place.write(own.with_name(f"{service}-worker-more-{number}.env"), "\n".join([*lines, "HEALTH_PORT=0", ""]))
        with (self.place.logs / f"{service}-worker-more-{number}.log").open("w") as log:
            command = within(env, [*PYTHON, "services.runtime.worker", service])
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=CHECKOUT)
        try:
            yield process.pid
        finally:
            process.kill()
            process.wait()

    def is_ready(self, name: str) -> bool:
        return bool(self.server(name).answers()) if name in SERVERS else is_ready(self.platform.ports[name])

    def await_ready(self, seconds: float = 120) -> list[str]:
        """Wait for every process; those that are still not ready then."""
        end, waiting = (
            time.monotonic() + seconds,
            [*SERVERS, *self.platform.ports.keys() & {p.name for p in self.platform.processes}],
        )
        while waiting and time.monotonic() < end:
            waiting = [name for name in waiting if not self.is_ready(name)]
            time.sleep(0.2 if waiting else 0)
        return waiting

    def engine(self, service: str) -> sa.Engine:
        """A service's database as nobody of the platform sees it: past the wall of rows."""
        if service not in self._engines:
            url = self.platform.databases.admin_url(f"dual_{service}")
            self._engines[service] = sa.create_engine(url, pool_pre_ping=True)
        return self._engines[service]

    def rows(self, service: str, query: str, **values: Any) -> list[Any]:
        with self.engine(service).connect() as connection:
            return list(connection.execute(sa.text(query), values).all())

    def read(self, service: str, query: str) -> Iterator[Any]:
        """As ``rows``, of a table that is too large to be held."""
        with self.engine(service).connect() as connection:
            yield from connection.execution_options(yield_per=1000).execute(sa.text(query))

    def execute(self, service: str, statement: str, **values: Any) -> None:
        with self.engine(service).begin() as connection:
            connection.execute(sa.text(statement), values)

    def change(self, service: str, statement: str, **values: Any) -> list[Any]:
        """A statement that returns the first column of what it changed."""
        with self.engine(service).begin() as connection:
            return list(connection.execute(sa.text(statement), values).scalars())

    def database(self, service: str) -> Database:
        """The same as the service's own role."""
        return Database(sa.create_engine(self.platform.databases.addresses(service).url), f"520000/{service}")

    def close(self) -> None:
        self._end.set()
        self._keeper.join(60)
        for engine in self._engines.values():
            engine.dispose()


@contextmanager
def rig(root: Path = ROOT, data: Path | None = None) -> Iterator[Rig]:
    """A fresh platform without demonstration data; it is stopped and deleted whatever happens inside."""
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    signal.signal(signal.SIGTERM, _interrupt)
    Platform(Place(root)).stop()
    Place(root).remove()
    place = Place(root)
    if data is not None:  # Where the servers, and the uploaded files, have their data.
        place.record("data", "root", str(data / "servers"))
        (data / "files").mkdir()
        (root / "files").symlink_to(data / "files")
    platform = Platform(place, demo=False)
    made: Rig | None = None
    try:
        platform.start()
        made = Rig(place, platform)
        yield made
    finally:
        if made is not None:
            made.close()
        platform.stop()
        if not os.environ.get("CHAOS_KEEP"):  # Set by whoever wants to read the logs.
            place.remove()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _interrupt(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
