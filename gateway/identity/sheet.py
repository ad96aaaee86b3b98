"""The sheet of accounts: its columns, its template, and its rows as a filled-in one tells them; nothing here touches a database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from gateway.contract.account_sheets import MOST_ROWS, AccountRow
from services.kernel.contract import made
from services.sheets import reading
from services.sheets.columns import EXAMPLE_MARK, Column, Kind
from services.sheets.reading import Error

NAME, USERNAME, DEPARTMENT, ROLES = "姓名", "用户名", "部门", "角色"
COLUMNS = [
    Column(NAME, "name", is_required=True, example="示例：张三"),
    Column(USERNAME, "username", Kind.CODE, is_required=True, example="zhang.san"),
    Column(DEPARTMENT, "department", is_required=True),
    Column("手机号", "mobile", Kind.CODE, is_required=True, example="13800138000"),
    Column("邮箱", "email", example="zhangsan@example.cn"),
    Column("执法证号", "certificate_number", Kind.CODE),
    Column(ROLES, "roles", Kind.LIST),
]
HEADINGS = {column.field: column.heading for column in COLUMNS}
HINTS = {
    "username": "登录用，4至40位字母、数字、点、横线或下划线，不分大小写",
    "department": "本部门或下级部门；重名时写部门名称（行政区划代码）",
    "roles": "名称或代码，多个用分号隔开；没有授予权限的留空，由安全管理员授予",
}
RULES = [
    "1. 一行写一个人；带*的列必填。",
    "2. 只能填本部门和下级部门；用户名在全平台不能重复，已有的用户不再开立，也不修改。",
    "3. 初始密码由系统随机生成，导入后只显示一次，72小时内有效，首次登录须修改。",
    f"4. 姓名以“示例”开头的行不导入；一个文件最多{MOST_ROWS}行；不要使用没有计算结果的公式。",
]


@dataclass
class Read:
    """What a sheet holds: checked rows with their numbers, and what is wrong with the others."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def wrong(self, row: int, column: str, message: str) -> None:
        self.errors.append(Error(row, column, message))


def template(departments: Sequence[str], roles: Sequence[str]) -> bytes:
    """The workbook with an example row, which is not imported."""
    from services.sheets import book  # As large as in ``gateway.api.xlsx``, and as seldom needed.

    plan = book.Plan("用户", COLUMNS, MOST_ROWS, RULES, HINTS, {"department": departments, "roles": roles})
    department = departments[0] if departments else ""
    return book.workbook(plan, [[department if column.field == "department" else column.example for column in COLUMNS]])


def read(content: bytes) -> Read:
    """The rows of the first sheet."""
    table = reading.table(content, COLUMNS, MOST_ROWS)
    found, met = Read(), dict[str, int]()
    for number, cells in table.numbered():
        told = {column.field: reading.text(column, cells[at]) for column, at in table.places.items()}
        if not any(told.values()) or (told["name"] or "").startswith(EXAMPLE_MARK):
            continue
        before = len(found.errors)
        found.errors += table.unvalued_in(number)
        row = _checked(found, number, told)
        if (first := met.setdefault((told["username"] or str(number)).lower(), number)) != number:
            found.wrong(number, USERNAME, f"与第{first}行的用户名相同")
        if len(found.errors) == before:
            found.rows.append((number, row))
    return found


def _checked(found: Read, number: int, told: dict[str, str | None]) -> dict[str, Any]:
    given: dict[str, Any] = {name: said for name, said in told.items() if said is not None}
    if "roles" in given:
        given["roles"] = reading.parts(given["roles"])
    try:
        return dict(made(AccountRow).load(given))
    except ma.ValidationError as error:
        for path, message in reading.flat(error.normalized_messages()):
            found.wrong(number, HEADINGS[path.partition(".")[0]], message)
        return {}
