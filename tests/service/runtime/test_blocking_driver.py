"""A process whose database driver would stop every caller at once does not start."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from deploy.local.databases import Addresses

PROGRAM = """
from services.runtime import serve
import psycopg2.extensions, sqlalchemy as sa
from services.kernel.work import Database
{before}
serve.refuse_blocking_driver(Database(sa.create_engine({url!r}), "520000/gateway"))
"""


@pytest.mark.parametrize(
    ("before", "says"),
    [("", ""), ("psycopg2.extensions.set_wait_callback(None)", "the database driver blocks the other greenlets")],
)
def test_a_driver_that_blocks_the_other_greenlets_is_refused(addresses: Callable[[str], Addresses], before: str, says: str) -> None:
    program = PROGRAM.format(before=before, url=addresses("gateway").url)

    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], env=os.environ, capture_output=True, text=True)

    assert (done.returncode, says in done.stderr) == (1 if says else 0, True), done.stderr
