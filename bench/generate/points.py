"""Workbooks of risk points as enterprises fill them in, and the unit they belong to."""

import io

from openpyxl import Workbook

from bench.generate.copying import copy
from bench.generate.enterprises import Enterprise
from bench.generate.moments import id_at
from services.risk.sheets.columns import COLUMNS

UNIT = ["id", "enterprise_id", "region", "industry", "version", "name", "tier", "parent_id", "path", "is_active"]
NAMES = ("冲压机", "配电柜", "空压机", "行车", "锅炉", "叉车", "储罐", "砂轮机")
EXPOSURE = ((1, 6, 7), (1, 6, 15), (1, 10, 7), (3, 3, 7))


def unit(url: str, number: int) -> str:
    """Give the enterprise its one unit; its name."""
    one, unit_id = Enterprise(number), id_at(-390 * 24 * 3600.0, 7, number)
    copy(url, "org_unit_ref", UNIT, [(unit_id, one.id, one.region, one.industry, 1, "全厂", "enterprise", None, [unit_id], True)])
    return "全厂"


def workbook(first: int, last: int, unit_name: str) -> bytes:
    """The points numbered from ``first`` up to ``last``, one row each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("风险点")
    sheet.append([f"{column.heading}*" if column.is_required else column.heading for column in COLUMNS])
    for number in range(first, last):
        row = {column.heading: column.example for column in COLUMNS} | _row(number, unit_name)
        sheet.append([row[column.heading] for column in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(number: int, unit_name: str) -> dict[str, str | float | None]:
    measured = dict(zip("LEC", EXPOSURE[number % 4], strict=True))
    return {
        "所属单元": unit_name, "风险点名称": f"{number}号{NAMES[number % 8]}", "分类": None, "位置": f"{number % 40}号厂房",
        "直接判定规则": None, **measured,
    }  # fmt: skip
