"""Check tables (检查表): items chosen for an industry; every change of the items is a new edition."""

from marshmallow import fields

from services.enforcement.contract.check_items import READ, WRITE
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    flag,
    identifier,
    list_of,
    number_of,
    optional_identifier,
    shown,
    text,
    version,
    whole,
)
from services.language.schema import Schema, SearchArgs, page_of


def _codes() -> fields.List:
    return list_of(text("检查内容代码", 40), "检查内容", 300, 1, required=True)


class TableItem(Schema):
    """One line as the edition froze it: later changes of the library leave it alone."""

    number = number_of("序号")
    code = shown("代码")
    category = shown("类别")
    item = shown("检查内容")
    methods = fields.List(fields.String(), metadata={"label": "检查方式"})
    law = shown("法律依据")
    article = shown("条款")
    hazard_class = shown("隐患级别")
    default_deadline_days = number_of("默认整改天数")
    offence_code = shown("违法行为代码", allow_none=True)
    criterion_code = shown("重大隐患判定条款", allow_none=True)


class CheckTableLine(Schema):
    id = identifier("编号")
    name = shown("名称")
    region = shown("所属地区")
    industry = shown("行业代码")
    edition = number_of("版次")
    is_shared = flag("是否向下共享")
    is_active = flag("是否启用")
    version = number_of("版本号")


class CheckTable(CheckTableLine):
    items = fields.List(fields.Nested(TableItem), metadata={"label": "检查内容"})


class ListCheckTables(SearchArgs):
    industry = text("适用行业代码", 8, **OPTIONAL)
    is_active = flag("是否启用", **OPTIONAL)


class ShowCheckTable(Schema):
    check_table_id = identifier("检查表", required=True)
    edition = whole("版次", 1, 100_000, **OPTIONAL)


class CreateCheckTable(Schema):
    id = optional_identifier("编号")
    name = text("名称", 100, 2, required=True)
    industry = text("行业代码", 8, required=True)
    item_codes = _codes()
    is_shared = flag("是否向下共享", load_default=False)


class RecomposeCheckTable(Schema):
    check_table_id = identifier("检查表", required=True)
    name = text("名称", 100, 2, **OPTIONAL)
    item_codes = _codes()
    version = version()


class CopyCheckTable(Schema):
    check_table_id = identifier("检查表", required=True)
    id = optional_identifier("编号")
    name = text("名称", 100, 2, required=True)


class ShareCheckTable(Schema):
    check_table_id = identifier("检查表", required=True)
    is_shared = flag("是否向下共享", required=True)
    version = version()


class DisableCheckTable(Schema):
    check_table_id = identifier("检查表", required=True)
    version = version()


LIST_CHECK_TABLES = Operation(
    "list_check_tables", "GET /check-tables", READ, ListCheckTables, page_of(CheckTableLine), "检查表列表", is_list=True
)
SHOW_CHECK_TABLE = Operation(
    "show_check_table", "GET /check-tables/{check_table_id}", READ, ShowCheckTable, CheckTable, "检查表内容"
)
CREATE_CHECK_TABLE = Operation(
    "create_check_table", "POST /check-tables", WRITE, CreateCheckTable, CheckTable, "组合检查表", status=201
)
RECOMPOSE_CHECK_TABLE = Operation(
    "recompose_check_table",
    "POST /check-tables/{check_table_id}/editions",
    WRITE,
    RecomposeCheckTable,
    CheckTable,
    "发布检查表新版次",
    status=201,
)
COPY_CHECK_TABLE = Operation(
    "copy_check_table", "POST /check-tables/{check_table_id}/copies", WRITE, CopyCheckTable, CheckTable, "复制检查表", status=201
)
SHARE_CHECK_TABLE = Operation(
    "share_check_table", "POST /check-tables/{check_table_id}/sharing", WRITE, ShareCheckTable, CheckTable, "向下共享检查表"
)
DISABLE_CHECK_TABLE = Operation(
    "disable_check_table", "POST /check-tables/{check_table_id}/disabling", WRITE, DisableCheckTable, CheckTable, "停用检查表"
)
OPERATIONS = [
    LIST_CHECK_TABLES,
    SHOW_CHECK_TABLE,
    CREATE_CHECK_TABLE,
    RECOMPOSE_CHECK_TABLE,
    COPY_CHECK_TABLE,
    SHARE_CHECK_TABLE,
    DISABLE_CHECK_TABLE,
]
