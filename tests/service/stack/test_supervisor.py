"""What supervisord does with a process that cannot start."""

import time
from pathlib import Path

import pytest

from deploy.local.place import Place
from deploy.local.supervisor import Supervisor

TRIES = 6  # One more than the first and those four with which supervisord once gave up.


@pytest.mark.timeout(180)
def test_a_process_that_cannot_start_while_something_is_away_is_not_given_up(tmp_path: Path) -> None:
    supervisor, tries, is_back = Supervisor(Place(tmp_path / "stack")), tmp_path / "tries", tmp_path / "back"
    script = f"echo again >> {tries}; test -e {is_back} && exec sleep 600"
    try:
        supervisor.start({"late": ["/bin/sh", "-c", script]})
        while not tries.exists() or len(tries.read_text().splitlines()) < TRIES:
            time.sleep(0.1)

        is_back.touch()

        while supervisor.proxy.supervisor.getProcessInfo("late")["statename"] != "RUNNING":
            time.sleep(0.1)
    finally:
        supervisor.stop()
