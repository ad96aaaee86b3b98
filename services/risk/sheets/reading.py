"""A filled-in sheet becomes checked rows, and errors that name row and column; nothing here touches a database."""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import marshmallow as ma
from python_calamine import CalamineError, CalamineWorkbook

from services.kernel.errors import Invalid
from services.risk.contract.library import MOST_ROWS, ImportRow
from services.risk.contract.vocabulary import OBJECT_TYPES
from services.risk.sheets import package
from services.risk.sheets.columns import COLUMNS, EXAMPLE_MARK, HEADINGS, Column, Kind, heading_of

MOST_ERRORS = 2000
Identity = tuple[str, str]
_PARTS = re.compile(r"[;；\n]+")
_WORDS = {"object_type": {name: code for code, name in OBJECT_TYPES.items()}}
_WORDS["accident_standard"] = {"GB 6441-2025": "2025", "GB 6441-1986": "1986"}


@dataclass(frozen=True)
class Error:
    row: int
    column: str
    message: str


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
    sheet = package.opened(content, MOST_ROWS + 1)
    cells = _cells(sheet.content)
    places = _places(cells[0] if cells else [])
    found, first = Read(), dict[Identity, dict[str, Any]]()
    schema = ImportRow()
    for number, row in enumerate(cells[1:], start=2):
        values = {column.field: _value(row[at] if at < len(row) else "", column) for column, at in places.items()}
        if all(value is None for value in values.values()) or str(values.get("name") or "").startswith(EXAMPLE_MARK):
            continue
        for column, at in places.items():
            if (number, at + 1) in sheet.unvalued:
                found.wrong(number, column.heading, "公式没有计算结果，请改为填写数值或文字")
        identity = (str(values["unit"] or ""), str(values["name"] or ""))
        found.identities[number] = identity
        _check(found, schema, number, _inherited(values, first.setdefault(identity, values)))
    wrong = {error.row for error in found.errors}
    found.rows = [(number, row) for number, row in found.rows if number not in wrong]
    return found


def _cells(content: bytes) -> list[list[Any]]:
    """All cells from the first one on; a merged area holds its value everywhere."""
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        cells = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid("import.not_xlsx", "文件不是有效的 .xlsx 工作簿，请使用下载的模板填写") from error
    for (top, left), (bottom, right) in merged:
        for at in range(top, min(bottom, len(cells) - 1) + 1):
            for column in range(left, min(right, len(cells[at]) - 1) + 1):
                cells[at][column] = cells[top][left]
    return cells


def _places(headings: list[Any]) -> dict[Column, int]:
    """Where each column stands, by its heading; an asterisk marks the required ones."""
    told = [str(heading).strip().rstrip("*＊※ ") for heading in headings]
    places = {HEADINGS[heading]: at for at, heading in enumerate(told) if heading in HEADINGS}
    if missing := [column.heading for column in COLUMNS if column.is_required and column not in places]:
        raise Invalid("import.missing_columns", f"第一行缺少列：{'、'.join(missing)}，请使用模板", columns="、".join(missing))
    return places


def _value(cell: Any, column: Column) -> Any:
    """What a cell says: without surrounding blanks, a number that stands for text as that text; None when it is empty."""
    if isinstance(cell, bool):
        cell = "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().replace("\r\n", "\n").replace("_x000D_", "")
    if column.kind in (Kind.CODE, Kind.NUMBER):
        text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    if column.kind == Kind.LIST:
        return [part.strip() for part in _PARTS.split(text) if part.strip()]
    if column.kind == Kind.ITEMS:
        return [_item(line) for line in text.split("\n") if line.strip()]
    return _WORDS.get(column.field, {}).get(text, text)


def _item(line: str) -> dict[str, Any]:
    item, _, standard = line.replace("｜", "|").partition("|")
    return {"item": item.strip(), "standard": standard.strip() or None}


def _inherited(values: Mapping[str, Any], first: Mapping[str, Any]) -> dict[str, Any]:
    """A further row of a point leaves empty what the first one has told of the point."""
    of_point = {column.field for column in COLUMNS if column.is_of_point}
    return {name: first.get(name) if value is None and name in of_point else value for name, value in values.items()}


def _check(found: Read, schema: ma.Schema, number: int, values: Mapping[str, Any]) -> None:
    try:
        found.rows.append((number, dict(schema.load(_nested(values)))))
    except ma.ValidationError as error:
        for path, message in _flat(error.normalized_messages()):
            found.wrong(number, heading_of(path), message)


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The flat cells in the form of the schema; empty ones are left to its defaults."""
    row: dict[str, Any] = {"parameters": {}, "measures": []}
    for name, value in values.items():
        whole, _, part = name.partition(".")
        if value is None:
            continue
        if whole == "parameters":
            row["parameters"][part] = value
        elif whole == "measures":
            row["measures"] += [{"kind": part, "text": text} for text in value]
        else:
            row[name] = value
    return row


def _flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _flat(inner, path if name in ("value", "key") else f"{path}.{name}" if path else str(name))
    else:
        yield path, "；".join(map(str, messages)) if isinstance(messages, list) else str(messages)


def same_assessment(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows say the same of how a point is assessed."""

    def told(row: Mapping[str, Any]) -> Any:
        return row["method"], row["direct_rule"], {name: Decimal(value) for name, value in row["parameters"].items()}

    return bool(told(one) == told(other))
