"""Check items (检查内容): the provincial library, and what a bureau adds to it."""

from services.enforcement.contract.permissions import CHECKLISTS_READ, CHECKLISTS_WRITE
from services.enforcement.contract.vocabulary import HAZARD_CLASSES, METHODS
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    flag,
    identifier,
    list_of,
    number_of,
    one_of,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
    whole,
    word,
)
from services.language.schema import Done, Schema, SearchArgs, page_of

ORIGINS = {"library": "全省统一库", "own": "本单位自建"}


class CheckItemFields(Schema):
    industry = text("行业代码", 8, required=True)
    category = text("类别", 40, required=True)
    item = text("检查内容", 500, 4, required=True)
    methods = list_of(one_of(METHODS, "检查方式"), "检查方式", 4, 1, required=True)
    law = text("法律依据", 100, required=True)
    article = text("条款", 60, required=True)
    hazard_class = one_of(HAZARD_CLASSES, "隐患级别", required=True)
    default_deadline_days = whole("默认整改天数", 0, 365, required=True)
    offence_code = optional_text("违法行为代码", 20)
    criterion_code = optional_text("重大隐患判定条款", 40)


class CheckItem(CheckItemFields):
    id = identifier("编号", allow_none=True)
    code = shown("代码")
    origin = word(ORIGINS, "来源")
    region = shown("所属地区", allow_none=True)
    is_active = flag("是否启用")
    version = number_of("版本号")


class ListCheckItems(SearchArgs):
    industry = text("适用行业代码", 8, **OPTIONAL)
    category = optional_text("类别", 40)
    origin = optional_one_of(ORIGINS, "来源")
    hazard_class = optional_one_of(HAZARD_CLASSES, "隐患级别")
    is_active = flag("是否启用", **OPTIONAL)


class CreateCheckItem(CheckItemFields):
    id = optional_identifier("编号")


class ChangeCheckItem(CheckItemFields):
    check_item_id = identifier("检查内容", required=True)
    version = version()


class OneCheckItem(Schema):
    check_item_id = identifier("检查内容", required=True)
    version = version()


READ, WRITE = CHECKLISTS_READ.code, CHECKLISTS_WRITE.code
LIST_CHECK_ITEMS = Operation(
    "list_check_items", "GET /check-items", READ, ListCheckItems, page_of(CheckItem), "检查内容列表", is_list=True
)
CREATE_CHECK_ITEM = Operation(
    "create_check_item", "POST /check-items", WRITE, CreateCheckItem, CheckItem, "新增检查内容", status=201
)
CHANGE_CHECK_ITEM = Operation(
    "change_check_item", "PUT /check-items/{check_item_id}", WRITE, ChangeCheckItem, CheckItem, "修改检查内容"
)
DISABLE_CHECK_ITEM = Operation(
    "disable_check_item", "POST /check-items/{check_item_id}/disabling", WRITE, OneCheckItem, CheckItem, "停用检查内容"
)
ENABLE_CHECK_ITEM = Operation(
    "enable_check_item", "POST /check-items/{check_item_id}/enabling", WRITE, OneCheckItem, CheckItem, "启用检查内容"
)
DELETE_CHECK_ITEM = Operation(
    "delete_check_item", "DELETE /check-items/{check_item_id}", WRITE, OneCheckItem, Done, "删除未使用的检查内容"
)
OPERATIONS = [
    LIST_CHECK_ITEMS,
    CREATE_CHECK_ITEM,
    CHANGE_CHECK_ITEM,
    DISABLE_CHECK_ITEM,
    ENABLE_CHECK_ITEM,
    DELETE_CHECK_ITEM,
]
