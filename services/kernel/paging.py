"""Keyset paging: a page costs the same whether it is the first or the thousandth, O(limit) with the list's index."""

import base64
import binascii
from typing import Any

import orjson
from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.exc import DataError, ProgrammingError
from sqlalchemy.orm import Session

from services.kernel.errors import Invalid

MOST_COUNTED = 1000  # What goes on beyond is as many and one: nobody waits for a million rows to be counted.
IS_COUNTED = "is_counted"  # Whether the first page is to tell how many there are; said of the transaction, so of all its lists.


def page(
    session: Session, query: Select[Any], columns: list[Any], limit: int, cursor: str | None, descending: bool = True
) -> dict[str, Any]:
    """``items`` (row mappings, or entities of a one-entity query) and ``next_cursor``; ``columns`` end in a unique one.

    Where the first page is asked how many there are, ``total`` as well: at most ``MOST_COUNTED`` and one.
    """
    asked = query
    if cursor:
        here, there = tuple_(*columns), tuple_(*_decode(cursor, len(columns)))
        query = query.where(here < there if descending else here > there)
    query = query.order_by(*(c.desc() if descending else c.asc() for c in columns)).limit(limit + 1)
    try:
        rows = session.execute(query.add_columns(*(c.label(f"_key{i}") for i, c in enumerate(columns)))).all()
    except (DataError, ProgrammingError, ValueError) as error:  # A forged mark may hold what the columns cannot be compared to.
        raise _bad_cursor() if cursor else error from None
    width = len(columns)
    items = [row[0] if len(row) == width + 1 else _mapping(row, width) for row in rows[:limit]]
    more = len(rows) > limit
    found: dict[str, Any] = {"items": items, "next_cursor": mark(list(rows[limit - 1][-width:])) if more else None}
    if session.info.get(IS_COUNTED) and not cursor:
        found["total"] = counted(session, asked) if more else len(items)
    return found


def counted(session: Session, query: Select[Any]) -> int:
    """How many rows a query has, or one more than are counted."""
    some = query.with_only_columns(literal(1), maintain_column_froms=True).order_by(None).limit(MOST_COUNTED + 1)
    return int(session.scalar(select(func.count()).select_from(some.subquery())) or 0)


def _mapping(row: Any, width: int) -> dict[str, Any]:
    return dict(list(row._mapping.items())[:-width])


def mark(values: list[Any]) -> str:
    """The cursor behind a row with these values of the ordering columns."""
    return base64.urlsafe_b64encode(orjson.dumps(values, default=str)).decode()


def _decode(cursor: str, width: int) -> list[Any]:
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != width or any(isinstance(v, list | dict) for v in values):
        raise _bad_cursor()
    return values


def _bad_cursor() -> Invalid:
    return Invalid("page.bad_cursor", "页标无效，请从第一页重新查询")
