"""``python -m deploy.local run|stop|...``: what the Makefile's targets do."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from deploy.local import backup, servers, web
from deploy.local.console import Problem, guard, step
from deploy.local.lifecycle import Platform
from deploy.local.place import CHECKOUT, Place

RUN = CHECKOUT / ".stack" / "run"
TEST = CHECKOUT / ".stack" / "test"


def run() -> None:
    """Start the platform, and stay until told to stop."""
    platform = Platform(Place(RUN))
    web.build()
    with _only_one(platform.place):
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        try:
            platform.start()
            _greet(platform)
            _watch(platform)
        except KeyboardInterrupt:
            print(file=sys.stderr)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # Stopping is not interrupted.
            with step("stopping everything"):
                platform.stop()


def stop() -> None:
    """Stop what `make run` started, wherever it runs."""
    place = Place(RUN)
    pid = _runner(place)
    with step("stopping everything"):
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            while _runner(place) == pid:
                time.sleep(0.1)
        Platform(place).stop()


def stack() -> None:
    """Start the servers that tests use, and leave them running."""
    place = Place(TEST, throwaway=True)
    place.record("tests", "keep", True)
    for name, url in servers.start(place).items():
        print(f"{name:10} {url}")


def unstack() -> None:
    """Stop the servers that tests use."""
    place = Place(TEST, throwaway=True)
    place.record("tests", "keep", False)
    servers.stop(place)


def clean() -> None:
    """Stop everything and delete its data."""
    stop()
    unstack()
    for root in (RUN, TEST):
        Place(root).remove()


@contextmanager
def _only_one(place: Place) -> Iterator[None]:
    """Hold the place as its runner; the system lets go of it however we end."""
    with (place.root / "running").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            port = place.recorded("ports").get("gateway-api")
            raise Problem(f"already running at http://127.0.0.1:{port}; stop it with make stop") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _runner(place: Place) -> int | None:
    """The process that runs this place now."""
    with (place.root / "running").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            return int(file.read() or 0) or None
    return None


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _greet(platform: Platform) -> None:
    print(f"\n{platform.address}\n", flush=True)
    for file in (platform.administrators, platform.accounts):
        if file.exists():
            print(file.read_text("utf-8"), flush=True)
    print("Ctrl-C stops everything.", flush=True)


def _watch(platform: Platform) -> None:
    """A server that falls is started again; supervisord does the same for the processes."""
    while platform.supervisor.daemon.pid is not None:
        try:
            if servers.fallen(platform.place):
                servers.start(platform.place)
        except Problem as problem:  # A full disk, say: the platform comes back with the server, as soon as that can.
            print(f"{problem}; trying again", file=sys.stderr, flush=True)
        time.sleep(1)
    raise Problem(f"supervisord ended by itself; read {platform.supervisor.daemon.log}, then make run again")


COMMANDS: dict[str, Callable[[], None]] = {"run": run, "stop": stop, "stack": stack, "unstack": unstack, "clean": clean}
WITH_FOLDER: dict[str, Callable[[Place, Path], None]] = {"backup": backup.backup, "restore": backup.restore}


def main() -> None:
    match sys.argv[1:]:
        case [name] if name in COMMANDS:
            COMMANDS[name]()
        case [name, folder] if name in WITH_FOLDER and folder:
            WITH_FOLDER[name](Place(RUN), Path(folder).resolve())
        case _:
            raise Problem(f"say one of: {', '.join([*COMMANDS, *(f'{name} FOLDER' for name in WITH_FOLDER)])}")


if __name__ == "__main__":
    guard(main)
