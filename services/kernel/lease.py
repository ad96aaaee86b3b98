"""One active holder of a task per database: a row with an end in the database's clock and a fencing number.

No session lock: poolers break it.  Whoever was frozen past its end finds another fence and stops.
"""

import os
import socket
import time
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.kernel.caller import system

if TYPE_CHECKING:
    from services.kernel.work import Database

SECONDS = 12
_TAKE = sa.text(
    "INSERT INTO lease (name, holder, fence, until) VALUES (:name, :holder, 1, clock_timestamp() + :seconds * interval '1 s')"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,"
    " fence = lease.fence + (lease.holder <> excluded.holder)::int"
    " WHERE lease.holder = excluded.holder OR lease.until < clock_timestamp() RETURNING fence"
)


class Lease:
    """The right of one process to do ``name`` in one database; prolonged now and then, checked in each transaction."""

    def __init__(self, database: "Database", name: str, holder: str | None = None) -> None:
        self._database = database
        self.name = name
        self.holder = holder or f"{socket.gethostname()}:{os.getpid()}"
        self._fence: int | None = None
        self._renew_at = 0.0

    def take(self) -> bool:
        """Take or prolong the lease; False while somebody else holds it."""
        if self._fence is None or time.monotonic() >= self._renew_at:
            with self._database.work(system(self.name), "lease") as work:
                values = {"name": self.name, "holder": self.holder, "seconds": SECONDS}
                self._fence = work.session.execute(_TAKE, values).scalar_one_or_none()
            self._renew_at = time.monotonic() + SECONDS / 3
        return self._fence is not None

    def holds(self, session: Session) -> bool:
        """Whether the fence is still the present one; the lease row stays locked for this transaction."""
        query = sa.text("SELECT 1 FROM lease WHERE name = :name AND fence = :fence FOR UPDATE")
        if session.execute(query, {"name": self.name, "fence": self._fence}).first() is None:
            self._fence = None
        return self._fence is not None
