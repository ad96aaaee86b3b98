"""The workbook of points that is filled in, and the template, whose one row is an example."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.risk.contract.sheets import MOST_ROWS
from services.risk.contract.vocabulary import DIRECT_RULES
from services.risk.sheets.columns import COLUMNS
from services.sheets import book
from services.sheets.book import Cell, Plan

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
    choices = {"unit": told.units, "category": told.categories}
    return book.workbook(Plan("风险点", COLUMNS, MOST_ROWS, RULES, HINTS, choices, {"危害因素代码": told.factors}), rows)
