"""COPY from a generator, without holding the rows in memory."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import orjson
import psycopg2

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
CHUNK = 1 << 20


class _Lines(io.TextIOBase):
    """What COPY reads: lines of a generator, joined into large pieces."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = ""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        wanted = size if size and size > 0 else CHUNK
        pieces, length = [self._rest], len(self._rest)
        for line in self._lines:
            pieces.append(line)
            length += len(line)
            if length >= wanted:
                break
        text = "".join(pieces)
        self._rest = text[wanted:]
        return text[:wanted]


def copy(url: str, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Put the rows into the table in one transaction; how many they were."""
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for row in rows:
            count += 1
            yield "\t".join([field(value) for value in row]) + "\n"

    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", _Lines(lines()))
    connection.close()
    return count


def field(value: Any) -> str:
    """The value in COPY's text format."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return "{" + ",".join(map(field, value)) + "}"
    if isinstance(value, dict):
        return orjson.dumps(value).decode().translate(_ESCAPES)
    return str(value)


def execute(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements one by one, each committed by itself; the rows of the last."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()
