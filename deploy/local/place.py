"""Where one stack lives: its directory, its data, the ports and passwords it was given once and keeps.

``make run`` has its place in ``.stack/run``, the tests theirs in ``.stack/test``: they never meet.
"""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
# Below the range from which the system takes ports for outgoing connections, so that a recorded port stays free.
PORTS = range(20_000, 32_000)
PATIENCE = 5.0  # Seconds in which a port that was ours may become free again.
IS_ROOT = os.geteuid() == 0
# Servers run as other accounts when we are root: those may pass through our folders, but not look around.
PASSABLE = 0o711 if IS_ROOT else 0o700


def account(*names: str) -> str | None:
    """The account a server runs as: the first that exists, when we are root; None for ourselves."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (*names, "nobody") if name in known) if IS_ROOT else None


class Place:
    """A directory with the state of one stack; ``throwaway`` data need not survive a power cut."""

    def __init__(self, root: Path, throwaway: bool = False) -> None:
        self.root = root.resolve()
        self.throwaway = throwaway
        self.logs = self.root / "logs"
        for folder in (self.root.parent, self.root):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(PASSABLE)
        self.logs.mkdir(exist_ok=True, mode=0o700)

    @contextmanager
    def locked(self, name: str = "lock") -> Iterator[None]:
        """Hold the place for oneself; others wait."""
        with (self.root / name).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def recorded(self, section: str) -> dict[str, Any]:
        """What is kept under a heading of the state file."""
        return dict(self._state().get(section, {}))

    def record(self, section: str, key: str, value: Any) -> Any:
        """Keep a value; the file is for our eyes only, for passwords are in it."""
        state = self._state()
        state.setdefault(section, {})[key] = value
        self.write(self.root / "state.json", json.dumps(state, indent=1))
        return value

    def _state(self) -> dict[str, Any]:
        file = self.root / "state.json"
        return dict(json.loads(file.read_text())) if file.exists() else {}

    def secret(self, name: str) -> str:
        """A random password, made at the first asking."""
        return str(self.recorded("secrets").get(name) or self.record("secrets", name, secrets.token_urlsafe(24)))

    def port(self, name: str, keep: bool = True) -> int:
        """A free port of 127.0.0.1: the one it had, unless another program has taken it meanwhile."""
        ports = self.recorded("ports")
        if keep and name in ports and _becomes_free(ports[name]):
            return int(ports[name])
        taken = set(ports.values())
        return int(self.record("ports", name, next(p for p in _shuffled() if p not in taken and is_free(p))))

    def data(self, name: str, owner: str | None) -> Path:
        """A private directory of a server; outside the checkout when its account cannot reach into that."""
        base = Path(self.recorded("data").get("root") or self.record("data", "root", str(self._base(owner))))
        folder = base / name
        if not folder.exists():
            folder.mkdir(parents=True)
            base.chmod(PASSABLE)
            give(folder, owner)
            folder.chmod(0o700)
        return folder

    def _base(self, owner: str | None) -> Path:
        if owner is None or subprocess.run(["/usr/bin/test", "-x", str(self.root)], user=owner, cwd="/").returncode == 0:
            return self.root
        return Path("/var/lib/dual-prevention") / hashlib.sha256(str(self.root).encode()).hexdigest()[:12]

    def remove(self) -> None:
        """Delete everything, data included."""
        base = Path(self.recorded("data").get("root", self.root))
        for folder in {base, self.root}:
            shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def write(file: Path, text: str, owner: str | None = None) -> Path:
        """Write a file whole and at once, readable by its owner alone."""
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(text)
        give(draft, owner)
        draft.replace(file)
        return file


def give(path: Path, owner: str | None) -> None:
    if owner:
        entry = pwd.getpwnam(owner)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _becomes_free(port: int) -> bool:
    """A server that was killed holds its port for a moment longer; everybody who talks to it knows this one."""
    end = time.monotonic() + PATIENCE
    while not (free := is_free(port)) and time.monotonic() < end:
        time.sleep(0.05)
    return free


def _shuffled() -> list[int]:
    return SystemRandom().sample(PORTS, len(PORTS))
