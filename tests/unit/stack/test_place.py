"""Where a stack keeps its ports and passwords."""

import socket
import stat
import threading
from pathlib import Path

import pytest

from deploy.local.place import Place


def test_a_secret_stays_the_same_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = Place(tmp_path / "stack" / "run").secret("postgres")

    again = Place(tmp_path / "stack" / "run")

    assert again.secret("postgres") == first
    assert again.secret("redis") != first
    assert stat.S_IMODE((again.root / "state.json").stat().st_mode) == 0o600


def test_a_port_that_another_program_has_taken_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.local.place.PATIENCE", 0.1)
    place = Place(tmp_path / "stack" / "run")
    port = place.port("redis")
    assert place.port("redis") == port

    with socket.create_server(("127.0.0.1", port)):
        assert place.port("redis") != port


def test_a_port_that_a_killed_server_still_holds_is_waited_for(tmp_path: Path) -> None:
    """Whoever talks to that server knows this port alone."""
    place = Place(tmp_path / "stack" / "run")
    port = place.port("rabbitmq")
    holder = socket.create_server(("127.0.0.1", port))
    threading.Timer(0.3, holder.close).start()

    assert place.port("rabbitmq") == port
