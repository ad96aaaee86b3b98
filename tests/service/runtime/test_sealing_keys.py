"""A process of a service that keeps something sealed does not start without the keys to it."""

import os
import subprocess
import sys

import pytest

NOWHERE = {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", "AMQP_URL": "amqp://127.0.0.1:1", "REDIS_URL": "redis://127.0.0.1:1"}


@pytest.mark.parametrize("role", ["serve", "worker"])
def test_a_process_without_its_keys_stops_at_once_and_says_why(role: str) -> None:
    told = {name: value for name, value in os.environ.items() if name != "SEALING_KEYS"} | NOWHERE
    command = [sys.executable, "-W", "ignore", "-m", f"services.runtime.{role}", "enterprise"]

    done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=60)

    assert done.returncode != 0 and '"SEALING_KEYS" not set' in done.stderr
