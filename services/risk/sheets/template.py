"""The workbook that is filled in: headings, choices, rows, and a sheet that explains.  The template has one row, an example."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from services.risk.contract.sheets import MOST_ROWS
from services.risk.contract.vocabulary import DIRECT_RULES
from services.risk.sheets.columns import COLUMNS, Kind
from services.risk.sheets.writing import Cell

HINTS = {
    "unit": "单元名称；重名时写全路径，如 一车间/冲压班组；全路径中名称自带的“/”写作“\\/”",
    "accident_types": "名称或代码，多个用分号隔开",
    "check_items": "一行一项（单元格内换行），标准写在竖线后：检查内容|检查标准",
    "direct_rule": "\n".join(f"{code} {text}" for code, text in DIRECT_RULES.items()),
    "factor_code": "GB/T 13861 代码，见“危害因素代码”页",
}
RULES = [
    "1. 一行写一个危害因素；单元和名称相同的各行是同一风险点，后续行只须填写所属单元、风险点名称、危害因素和措施。",
    "2. 带*的列必填；评价方法LEC填L、E、C，LS填L、S，MES填M、E、S；风险值和等级由系统计算。",
    "3. 每个危害因素至少一项措施；重大、较大风险五类措施都要有；一般风险须有工程或管理措施和应急处置。",
    f"4. 名称以“示例”开头的行不导入；一个文件最多{MOST_ROWS}行；不要使用没有计算结果的公式。",
]


@dataclass(frozen=True)
class Choices:
    """What there is to choose from in one enterprise, and the codes of hazard factors."""

    units: Sequence[str]
    categories: Sequence[str]
    factors: Sequence[tuple[str, str]]


def template(choices: Choices) -> bytes:
    """The workbook with an example row, which is not imported."""
    units = choices.units
    return workbook(choices, [[units[0] if column.field == "unit" and units else column.example for column in COLUMNS]])


def workbook(told: Choices, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The workbook with these rows, each with a cell for every column."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = "风险点"
    choices = book.create_sheet("选项")
    _headings(sheet)
    lists = {column.field: column.words for column in COLUMNS if column.words}
    lists |= {"unit": tuple(told.units), "category": tuple(told.categories)}
    for at, column in enumerate(COLUMNS, start=1):
        if values := lists.get(column.field):
            _choose(sheet, choices, at, values)
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            _write(sheet, number, at, value)
    choices.sheet_state = "hidden"
    _explain(book, told.factors)
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


def _headings(sheet: Worksheet) -> None:
    for at, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, at, f"{column.heading}*" if column.is_required else column.heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(wrap_text=True)
        if hint := HINTS.get(column.field):
            cell.comment = Comment(hint, "平台")
        sheet.column_dimensions[get_column_letter(at)].width = 8 if column.kind == Kind.NUMBER else 18
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # As many pages as there are, one wide.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _choose(sheet: Worksheet, choices: Worksheet, at: int, values: Sequence[str]) -> None:
    letter = get_column_letter(at)
    for row, value in enumerate(values, start=1):
        _write(choices, row, at, value)
    # A unit may also be told by its path, so the list of a free column only proposes.
    chosen = DataValidation("list", formula1=f"选项!${letter}$1:${letter}${len(values)}", allow_blank=True, showErrorMessage=False)
    chosen.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(chosen)


def _explain(book: Workbook, factors: Sequence[tuple[str, str]]) -> None:
    explained = book.create_sheet("填写说明")
    explained.column_dimensions["A"].width = 110
    for row in RULES:
        explained.append([row])
    codes = book.create_sheet("危害因素代码")
    for code, name in factors:
        codes.append([code, name])
