"""A service refuses to start on a database driver that would stop everybody while one waits."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from deploy.local.databases import Addresses

SCRIPT = """
from services.runtime import serve
import psycopg2.extensions
if {is_blocking}:
    psycopg2.extensions.set_wait_callback(None)
serve.refuse_blocking_driver(serve.settings().database("enterprise"))
"""


@pytest.mark.parametrize(("is_blocking", "said"), [(True, "the database driver blocks the other greenlets"), (False, "")])
def test_a_blocking_driver_is_found_out_however_slow_the_machine(
    addresses: Callable[[str], Addresses], is_blocking: bool, said: str
) -> None:
    env = os.environ | {"DATABASE_URL": addresses("enterprise").url, "AMQP_URL": "", "REDIS_URL": "", "PYTHONWARNINGS": "ignore"}

    done = subprocess.run([sys.executable, "-c", SCRIPT.format(is_blocking=is_blocking)], env=env, capture_output=True, text=True)

    assert (done.returncode != 0) == is_blocking, done.stderr
    assert said in done.stderr
