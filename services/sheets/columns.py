"""The columns of a sheet: heading, what a cell means, and what a person may choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

EXAMPLE_MARK = "示例"  # A row whose name begins with it is the template's own.


class Kind(Enum):
    TEXT = "text"
    CODE = "code"  # Written with digits: full-width ones and numbers are taken as the text they stand for.
    NUMBER = "number"
    LIST = "list"  # Several values, by semicolon or line.
    ITEMS = "items"  # One item a line, in the form its service knows.


@dataclass(frozen=True)
class Column:
    """``field`` is that of the row's schema; a dotted one names a key inside it."""

    heading: str
    field: str
    kind: Kind = Kind.TEXT
    is_required: bool = False
    words: tuple[str, ...] = ()
    example: str | float | None = None


def headings(columns: Iterable[Column]) -> list[str]:
    """As they stand in the first row: an asterisk marks the required ones."""
    return [f"{column.heading}*" if column.is_required else column.heading for column in columns]
