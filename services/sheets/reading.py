"""A filled-in sheet becomes cells under known headings, and cells become text; nothing here touches a database."""

import base64
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from services.kernel.errors import Invalid
from services.sheets import package
from services.sheets.columns import Column, Kind

MOST_ERRORS = 2000
Of = TypeVar("Of", bound=Column)
_PARTS = re.compile(r"[;；\n]+")


@dataclass(frozen=True)
class Error:
    row: int
    column: str
    message: str


@dataclass
class Table(Generic[Of]):
    """The rows below the headings, and where each known column stands."""

    rows: list[list[Any]]
    places: dict[Of, int]
    unvalued: set[tuple[int, int]]

    def numbered(self) -> Iterator[tuple[int, list[Any]]]:
        """Each row with its number in the sheet."""
        return enumerate(self.rows, start=2)

    def unvalued_in(self, number: int) -> list[Error]:
        """What is wrong with formulas of this row that were saved without their value."""
        if not self.unvalued:
            return []
        found = [column.heading for column, at in self.places.items() if (number, at + 1) in self.unvalued]
        return [Error(number, heading, "公式没有计算结果，请改为填写数值或文字") for heading in found]


def decoded(content_base64: str) -> bytes:
    try:
        return base64.b64decode(content_base64, validate=True)
    except ValueError as error:
        raise Invalid("import.not_base64", "文件内容应以Base64编码", content_base64="编码不正确") from error


def table(content: bytes, columns: Sequence[Of], most_rows: int) -> Table[Of]:
    """The first sheet of an .xlsx file with at most so many rows; Invalid when it is something else or too large."""
    sheet = package.opened(content, most_rows + 1)
    cells = _cells(sheet.content)
    return Table(cells[1:], _places(cells[0] if cells else [], columns), sheet.unvalued)


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


def _places(headings: list[Any], columns: Sequence[Of]) -> dict[Of, int]:
    """Where each column stands, by its heading; an asterisk marks the required ones."""
    known = {column.heading: column for column in columns}
    told = [str(heading).strip().rstrip("*＊※ ") for heading in headings]
    places = {known[heading]: at for at, heading in enumerate(told) if heading in known}
    if missing := [column.heading for column in columns if column.is_required and column not in places]:
        raise Invalid("import.missing_columns", f"第一行缺少列：{'、'.join(missing)}，请使用模板", columns="、".join(missing))
    return places


def text(column: Column, cell: Any) -> str | None:
    """What a cell says: without surrounding blanks, a number that stands for text as that text; None when it is empty."""
    if isinstance(cell, bool):
        cell = "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = str(cell).strip().replace("\r\n", "\n").replace("_x000D_", "")
    if column.kind in (Kind.CODE, Kind.NUMBER):
        said = unicodedata.normalize("NFKC", said).strip()
    return said or None


def parts(said: str) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in _PARTS.split(said) if part.strip()]


def flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What a schema refuses, by the path of the field."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from flat(inner, path if name in ("value", "key") else f"{path}.{name}" if path else str(name))
    else:
        yield path, "；".join(map(str, messages)) if isinstance(messages, list) else str(messages)
