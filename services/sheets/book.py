"""The workbook that is filled in: headings, choices, rows, and a sheet that explains."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from services.sheets.columns import Column, Kind, headings

Cell = str | Decimal | float | None


@dataclass(frozen=True)
class Plan:
    """What a workbook is like but for its rows: ``choices`` and ``hints`` by field, ``rules`` and ``more`` on sheets behind."""

    title: str
    columns: Sequence[Column]
    most_rows: int
    rules: Sequence[str]
    hints: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


def workbook(plan: Plan, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The workbook with these rows, each with a cell for every column."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = plan.title
    choices = book.create_sheet("选项")
    _head(sheet, plan)
    lists = {column.field: column.words for column in plan.columns if column.words} | dict(plan.choices)
    for at, column in enumerate(plan.columns, start=1):
        if values := lists.get(column.field):
            _choose(sheet, choices, at, values, plan.most_rows)
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            _write(sheet, number, at, value)
    choices.sheet_state = "hidden"
    _explain(book, plan)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, at: int, value: Cell) -> None:
    """A name stays a name, also one that begins like a formula."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, at, value)
    if isinstance(value, str):
        cell.data_type = "s"


def _head(sheet: Worksheet, plan: Plan) -> None:
    for at, (column, heading) in enumerate(zip(plan.columns, headings(plan.columns), strict=True), start=1):
        cell = sheet.cell(1, at, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(wrap_text=True)
        if hint := plan.hints.get(column.field):
            cell.comment = Comment(hint, "平台")
        sheet.column_dimensions[get_column_letter(at)].width = 8 if column.kind == Kind.NUMBER else 18
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # As many pages as there are, one wide.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _choose(sheet: Worksheet, choices: Worksheet, at: int, values: Sequence[str], most_rows: int) -> None:
    letter = get_column_letter(at)
    for row, value in enumerate(values, start=1):
        _write(choices, row, at, value)
    # A cell may also say more than the list knows, several names or a path, so the list only proposes.
    chosen = DataValidation("list", formula1=f"选项!${letter}$1:${letter}${len(values)}", allow_blank=True, showErrorMessage=False)
    chosen.add(f"{letter}2:{letter}{most_rows + 1}")
    sheet.add_data_validation(chosen)


def _explain(book: Workbook, plan: Plan) -> None:
    explained = book.create_sheet("填写说明")
    explained.column_dimensions["A"].width = 110
    for rule in plan.rules:
        explained.append([rule])
    for title, rows in plan.more.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
