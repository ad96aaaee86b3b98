"""Programs in the background: found again, told from strangers, stopped with their children."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.console import Problem
from deploy.local.daemon import Daemon, birth
from deploy.local.lifecycle import leftovers
from deploy.local.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "stack" / "run")


@pytest.fixture
def sleeper(place: Place) -> Iterator[Daemon]:
    """A shell that waits for a child of its own."""
    daemon = Daemon(place, "sleeper")
    daemon.start(["/bin/sh", "-c", "sleep 600 & echo $! > child; wait"], place.root, {"STACK": str(place.root)})
    daemon.wait(lambda: (place.root / "child").exists() and bool((place.root / "child").read_text()))
    yield daemon
    daemon.stop()


def is_running(pid: int) -> bool:
    """A killed orphan may stay as a zombie until somebody waits for it."""
    deadline = time.monotonic() + 5
    while birth(pid) is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    return birth(pid) is not None


def test_another_program_object_finds_it_again(place: Place, sleeper: Daemon) -> None:
    assert Daemon(place, "sleeper").pid == sleeper.pid is not None


def test_stopping_takes_its_children_along(place: Place, sleeper: Daemon) -> None:
    child = int((place.root / "child").read_text())
    assert birth(child) is not None

    sleeper.stop()

    assert sleeper.pid is None
    assert not is_running(child)


def test_a_number_used_again_by_a_stranger_is_not_taken_for_it(place: Place) -> None:
    Place.write(place.root / "sleeper.pid", f"{os.getpid()} 1")

    assert Daemon(place, "sleeper").pid is None


def test_one_that_was_killed_is_not_running(place: Place, sleeper: Daemon) -> None:
    sleeper.send(signal.SIGKILL)

    sleeper.stop()

    assert sleeper.pid is None


def test_one_that_dies_while_starting_is_named_with_its_last_word(place: Place) -> None:
    daemon = Daemon(place, "broken")
    daemon.start(["/bin/sh", "-c", "echo no such luck; exit 3"], place.root, {})

    with pytest.raises(Problem, match="broken stopped while starting.*no such luck"):
        daemon.wait(lambda: False)


def test_what_outlived_its_supervisor_is_found_by_its_mark(place: Place) -> None:
    with subprocess.Popen(["/bin/sleep", "600"], env={"STACK": str(place.root)}) as orphan:
        deadline = time.monotonic() + 5
        # A process shows its environment a moment after it has begun.
        while not (found := leftovers(place.root)) and time.monotonic() < deadline:
            time.sleep(0.01)
        orphan.kill()

    assert found == [orphan.pid]


def test_no_signal_is_sent_for_one_that_does_not_run(place: Place, sleeper: Daemon) -> None:
    sleeper.stop()

    with pytest.raises(ProcessLookupError, match="sleeper does not run"):
        sleeper.send(signal.SIGKILL)
