"""A filled-in sheet becomes checked rows, and errors that name row and column; nothing here touches a database."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, TypeVar

import marshmallow as ma

from services.risk.contract.sheets import MOST_ROWS, ImportRow
from services.risk.contract.vocabulary import OBJECT_TYPES
from services.risk.sheets.columns import BY_FIELD, COLUMNS, Column, heading_of
from services.sheets import reading
from services.sheets.columns import EXAMPLE_MARK, Kind
from services.sheets.reading import Error

Identity = tuple[str, str]
Result = TypeVar("Result")
Texts = dict[str, str | None]  # What the cells of a row say, by the field of their column.
Checked = tuple[dict[str, Any], list[tuple[str, str]]]  # Part of a row, and what is wrong with it by heading.
_WORDS = {"object_type": {name: code for code, name in OBJECT_TYPES.items()}}
_WORDS["accident_standard"] = {"GB 6441-2025": "2025", "GB 6441-1986": "1986"}
_FIELDS = {name: ImportRow(only=(name,)) for name in ImportRow().fields}  # Each field of a row as a schema of its own.


@dataclass
class Read:
    """What a sheet holds: checked rows with their numbers, and what is wrong with the others."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    identities: dict[int, Identity] = field(default_factory=dict)

    def wrong(self, row: int, column: str, message: str) -> None:
        self.errors.append(Error(row, column, message))


def read(content: bytes) -> Read:
    """The rows of the first sheet."""
    table = reading.table(content, COLUMNS, MOST_ROWS)
    texts = [(column.field, at, _once(reading.text, column)) for column, at in table.places.items()]
    found, first, checks = Read(), dict[Identity, Texts](), _checks(table.places)
    for number, row in table.numbered():
        told = {name: text(row[at]) for name, at, text in texts}
        if not any(told.values()) or (told["name"] or "").startswith(EXAMPLE_MARK):
            continue
        found.errors += table.unvalued_in(number)
        identity = (told["unit"] or "", told["name"] or "")
        found.identities[number] = identity
        if (of_point := first.setdefault(identity, told)) is not told:
            told = _inherited(told, of_point)
        _check(found, checks, number, told)
    wrong = {error.row for error in found.errors}
    found.rows = [(number, row) for number, row in found.rows if number not in wrong]
    return found


def _once(function: Callable[..., Result], *given: Any) -> Callable[..., Result]:
    """The function with its first arguments, asked once for what comes again and again in the cells of one sheet."""
    return lru_cache(maxsize=None, typed=True)(partial(function, *given))


def _inherited(told: Texts, first: Texts) -> Texts:
    """A further row of a point leaves empty what the first one has told of the point."""
    return {name: first[name] if text is None and BY_FIELD[name].is_of_point else text for name, text in told.items()}


def _checks(columns: Iterable[Column]) -> list[tuple[list[str], Callable[..., Checked]]]:
    """For each field of a row its cells' names, and what checks them: fields do not depend on each other."""
    of: dict[str, list[Column]] = {name: [] for name in _FIELDS}
    for column in columns:
        of[column.field.partition(".")[0]].append(column)
    return [([column.field for column in told], _once(_checked, _FIELDS[name], told)) for name, told in of.items()]


def _check(found: Read, checks: list[tuple[list[str], Callable[..., Checked]]], number: int, told: Texts) -> None:
    row: dict[str, Any] = {}
    for names, check in checks:
        value, wrong = check(*map(told.get, names))
        row |= value
        for heading, message in wrong:
            found.wrong(number, heading, message)
    found.rows.append((number, row))


def _checked(schema: ma.Schema, columns: Sequence[Column], *texts: str | None) -> Checked:
    """One field of a row, and what is wrong with it under which heading."""
    told = {column.field: _meant(column, text) for column, text in zip(columns, texts, strict=True) if text is not None}
    try:
        return dict(schema.load(_nested(told, schema.fields))), []
    except ma.ValidationError as error:
        return {}, [(heading_of(path), message) for path, message in reading.flat(error.normalized_messages())]


def _meant(column: Column, text: str) -> Any:
    """The value that a cell's text stands for."""
    if column.kind == Kind.LIST:
        return reading.parts(text)
    if column.kind == Kind.ITEMS:
        return [_item(line) for line in text.split("\n") if line.strip()]
    return _WORDS.get(column.field, {}).get(text, text)


def _item(line: str) -> dict[str, Any]:
    item, _, standard = line.replace("｜", "|").partition("|")
    return {"item": item.strip(), "standard": standard.strip() or None}


def _nested(told: Mapping[str, Any], fields: Container[str]) -> dict[str, Any]:
    """The flat cells in the form of the schema; empty ones are left to its defaults."""
    row: dict[str, Any] = {"parameters": {}} if "parameters" in fields else {}
    for name, value in told.items():
        whole, _, part = name.partition(".")
        if whole == "parameters":
            row["parameters"][part] = value
        elif whole == "measures":
            row["measures"] = row.get("measures", []) + [{"kind": part, "text": text} for text in value]
        else:
            row[name] = value
    return row


def same_assessment(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows say the same of how a point is assessed."""

    def told(row: Mapping[str, Any]) -> Any:
        return row["method"], row["direct_rule"], {name: Decimal(value) for name, value in row["parameters"].items()}

    return bool(told(one) == told(other))
