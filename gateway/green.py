"""Lets psycopg2 wait without stopping the other greenlets of a gevent worker (its C code cannot be patched)."""

from typing import Any

from gevent.socket import wait_read, wait_write
from psycopg2 import OperationalError, extensions

SECONDS = 10


def let_the_driver_yield() -> None:
    extensions.set_wait_callback(_wait)


def _wait(connection: Any, timeout: float = SECONDS) -> None:
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        if state == extensions.POLL_READ:
            wait_read(connection.fileno(), timeout)
        elif state == extensions.POLL_WRITE:
            wait_write(connection.fileno(), timeout)
        else:
            raise OperationalError(f"the driver is in state {state}")
