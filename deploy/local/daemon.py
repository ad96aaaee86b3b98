"""A server in the background: started in its own session, found again by pid and birth, stopped with all its children."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.console import Problem
from deploy.local.place import Place


def birth(pid: int) -> str | None:
    """When a living process was born, in the kernel's ticks: tells it from a later one of the same number."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


class Daemon:
    """One background program of a place."""

    def __init__(self, place: Place, name: str, owner: str | None = None, stop_signal: int = signal.SIGTERM) -> None:
        self.place = place
        self.name = name
        self.owner = owner
        self.log = place.logs / f"{name}.log"
        self._stop_signal = stop_signal
        self._file = place.root / f"{name}.pid"

    @property
    def pid(self) -> int | None:
        """The process that was started here, if it lives."""
        try:
            pid, born = self._file.read_text().split()
        except (OSError, ValueError):
            return None
        return int(pid) if birth(int(pid)) == born else None

    def start(self, command: list[str], cwd: Path, env: Mapping[str, str]) -> None:
        """Start it; what it says goes to its log."""
        with self.log.open("ab") as log:
            identity = {"user": self.owner, "group": pwd.getpwnam(self.owner).pw_gid, "extra_groups": []} if self.owner else {}
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": str(cwd), **env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **identity,  # type: ignore[call-overload]
            )
        Place.write(self._file, f"{process.pid} {birth(process.pid)}")

    def wait(self, check: Callable[[], bool], seconds: float = 60) -> None:
        """Until it answers; when it dies or does not, its log is named and its last line quoted."""
        end = time.monotonic() + seconds
        while not check():
            if self.pid is None:
                raise Problem(f"{self.name} stopped while starting; read {self.log} (last: {self.last_line()})")
            if time.monotonic() > end:
                raise Problem(f"{self.name} does not answer after {seconds:.0f} s; read {self.log} (last: {self.last_line()})")
            time.sleep(0.05)

    def last_line(self) -> str:
        lines = self.log.read_text("utf-8", "replace").strip().splitlines() if self.log.exists() else []
        return lines[-1].strip()[:300] if lines else "nothing"

    def send(self, number: int) -> None:
        """Send it a signal; ProcessLookupError when it does not run."""
        if (pid := self.pid) is None:
            raise ProcessLookupError(f"{self.name} does not run")
        os.kill(pid, number)

    def stop(self, seconds: float = 30) -> None:
        """Ask it to stop, then make it; its children go with it."""
        if (pid := self.pid) is not None:
            os.kill(pid, self._stop_signal)
            end = time.monotonic() + seconds
            while self.pid is not None and time.monotonic() < end:
                reap(pid)
                time.sleep(0.05)
            try:
                os.killpg(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # The usual case: the whole group has gone.
            reap(pid)
        self._file.unlink(missing_ok=True)


def reap(pid: int) -> None:
    """Let a dead child of ours go."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass
