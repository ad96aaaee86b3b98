"""The ledger: every command with its key, written before it is sent and again once its answer is known.

A key goes out as ``Idempotency-Key`` and as ``X-Request-ID``: the platform writes the latter into its audit rows, and
so each row there is somebody's command, or nobody's.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE command (
    key TEXT PRIMARY KEY, operation TEXT NOT NULL, subject TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    body TEXT NOT NULL, sent_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, unsettled TEXT NOT NULL DEFAULT '[]',
    known_at REAL, status INTEGER, code TEXT, version INTEGER, state TEXT, seconds REAL
);
CREATE TABLE made (kind TEXT NOT NULL, id TEXT NOT NULL, by_key TEXT NOT NULL, PRIMARY KEY (kind, id));
"""


@dataclass(frozen=True)
class Command:
    """``subject`` is what it changes, as audit rows call it; ``makes`` what else there will be, of which kind and id."""

    operation: str
    subject: str
    token: str
    method: str
    path: str
    body: dict[str, Any]
    makes: tuple[tuple[str, str], ...] = ()


class Ledger:
    """On disk, for a rig that dies must not take its own memory with it."""

    def __init__(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + SCHEMA)
        self.done = 0

    def begin(self, key: str, command: Command) -> None:
        row = (key, command.operation, command.subject, command.method, command.path, json.dumps(command.body), time.time())
        with self._lock:
            self._database.execute(
                "INSERT INTO command (key, operation, subject, method, path, body, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )

    def end(self, key: str, command: Command, tries: int, unsettled: list[str], answer: Any) -> None:
        body = answer.body if isinstance(answer.body, dict) else {}
        state = body.get("status") or body.get("state")
        row = (tries, json.dumps(unsettled), answer.status, answer.code, body.get("version"), state, answer.seconds)
        known_at = time.time() if answer.is_known else None
        with self._lock:
            self._database.execute(
                "UPDATE command SET tries=?, unsettled=?, status=?, code=?, version=?, state=?, seconds=?, known_at=? WHERE key=?",
                (*row, known_at, key),
            )
            if answer.is_done:
                self.done += 1
                made = [(kind, each, key) for kind, each in command.makes]
                self._database.executemany("INSERT INTO made VALUES (?, ?, ?)", made)

    def rows(self, query: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def count(self, condition: str, *values: Any) -> int:
        return int(self.rows(f"SELECT count(*) FROM command WHERE {condition}", *values)[0][0])

    def unsettled(self) -> Iterator[str]:
        """Why commands had to be sent again."""
        for (text,) in self.rows("SELECT unsettled FROM command WHERE unsettled <> '[]'"):
            yield from json.loads(text)

    def close(self) -> None:
        self._database.close()
