"""Workbooks as people fill them in, and as packages; sent as they come."""

import base64
import io
import zipfile
from typing import Any

import openpyxl

from services.risk.sheets.columns import COLUMNS
from tests.service.risk.builders import World

GOOD = {
    "所属单元": "一车间", "风险点名称": "冲压机", "对象类型": "设备设施", "位置": "东侧", "危害因素代码": "2102",
    "危害因素描述": "防护缺失", "事故分类标准": "GB 6441-1986", "事故类型": "机械伤害；触电", "评价方法": "LEC",
    "L": 1, "E": 6, "C": 7, "工程技术措施": "加装联锁", "检查内容": "防护罩完好|无缺损\n急停有效", "责任人": "张三",
    "责任人电话": "13985012345",
}  # fmt: skip


def workbook(*rows: dict[str, Any], merge: str | None = None, more: dict[str, Any] | None = None) -> bytes:
    """A sheet with our headings, rows by heading, a merged area, and single cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    headings = [column.heading for column in COLUMNS]
    sheet.append([f"{column.heading}*" if column.is_required else column.heading for column in COLUMNS])
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    if merge:
        sheet.merge_cells(merge)
    for place, value in (more or {}).items():
        sheet[place] = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def sent(world: World, operation: str, content: bytes, **more: Any) -> Any:
    coded = base64.b64encode(content).decode()
    return world.desk(world.manager, operation, content_base64=coded, file_name="风险点.xlsx", **more)
