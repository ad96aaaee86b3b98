"""A private PostgreSQL: on 127.0.0.1 only, password for everybody, no socket file."""

import signal
import subprocess
import time
from pathlib import Path

import psycopg2

from deploy.local import packages
from deploy.local.console import Problem
from deploy.local.daemon import Daemon, birth
from deploy.local.place import Place, account

SUPERUSER = "stack"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "400",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """The server of one place."""

    name = "postgres"

    def __init__(self, place: Place) -> None:
        self.place = place
        self.daemon = Daemon(place, self.name, account("postgres"), signal.SIGINT)  # SIGINT: close sessions, then stop.

    @property
    def url(self) -> str:
        port, password = self.place.recorded("ports").get(self.name), self.place.secret(self.name)
        return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        data = self.place.data(self.name, self.daemon.owner)
        folder = self.programs(data)
        if not (data / "PG_VERSION").exists():
            self._initialise(folder, data)
        _drop_stale_lock(data / "postmaster.pid")
        port = self.place.port(self.name)
        settings = SETTINGS | {"port": str(port)} | (FORGETFUL if self.place.throwaway else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.daemon.start([str(folder / "postgres"), "-D", str(data), *options], data, {})
        self.daemon.wait(self.answers)

    def answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def stop(self) -> None:
        self.daemon.stop()

    def programs(self, data: Path) -> Path:
        """The folder of the programs that fit these data: their own version's, or the newest for none yet."""
        version = data / "PG_VERSION"
        for folder in packages.postgres_folders():
            if not version.exists() or folder.parent.name == version.read_text().strip():
                return folder
        raise Problem(
            f"the data in {data} are of PostgreSQL {version.read_text().strip()}: install postgresql-{version.read_text().strip()}"
        )

    def _initialise(self, folder: Path, data: Path) -> None:
        for leftover in data.iterdir():  # Of a first start that was cut short.
            subprocess.run(["rm", "-rf", str(leftover)], check=True)
        password = Place.write(data.with_name("postgres.password"), self.place.secret(self.name), self.daemon.owner)
        command = [str(folder / "initdb"), "-D", str(data), "-U", SUPERUSER, "-A", "scram-sha-256", "--pwfile", str(password)]
        command += ["-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        done = subprocess.run(command, user=self.daemon.owner, cwd=data, env={"LANG": "C.UTF-8"}, capture_output=True, text=True)
        password.unlink()
        if done.returncode:
            raise Problem(f"initdb failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")


def _drop_stale_lock(file: Path) -> None:
    """Remove what a kill -9 left behind, for its number may be a zombie's or another program's by now.

    PostgreSQL would itself refuse while sessions of the old server still hold its shared memory; so do we.
    """
    if not file.exists():
        return
    lines = file.read_text().splitlines()
    pid = int(lines[0])
    if birth(pid) is not None and b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
        return
    end = time.monotonic() + 20
    while len(lines) > 6 and _attached(lines[6].split()[1]):
        if time.monotonic() > end:
            raise Problem(f"sessions of a killed PostgreSQL still use {file.parent}: stop them, then try again")
        time.sleep(0.1)
    file.unlink()


def _attached(segment: str) -> bool:
    """Whether any process holds this segment of shared memory."""
    rows = [line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    return any(row[1] == segment and int(row[6]) > 0 for row in rows)
