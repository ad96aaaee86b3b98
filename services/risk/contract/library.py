"""The provincial risk library, the log of what was done with many points at once, categories and catalogues."""

from marshmallow import fields

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import (
    flag,
    identifier,
    list_of,
    moment,
    number_of,
    one_of,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
    whole,
)
from services.language.schema import Owned, PageArgs, Schema, SearchArgs, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import ByAge
from services.risk.contract.vocabulary import (
    BATCH_ACTIONS,
    LEVELS,
    OBJECT_TYPES,
    TIERS,
)

CATALOGUES = {
    "hazard_factors": "危险和有害因素",
    "accident_types": "事故类型（GB 6441-1986）",
    "accident_types_2025": "事故类型（GB 6441-2025）",
}


class LibraryRow(Schema):
    code = shown("代码")
    industry_code = shown("行业代码")
    name = shown("风险点")
    object_type = one_of(OBJECT_TYPES, "对象类型")
    location = shown("位置")
    hazard_factors = fields.List(fields.Dict(), metadata={"label": "危害因素"})
    accident_types = fields.List(fields.String(), metadata={"label": "事故类型"})
    assessment = fields.Dict(metadata={"label": "参考评价"})
    direct_major_rule = shown("直接判定规则", allow_none=True)
    level = one_of(LEVELS, "参考等级")
    control_tier = one_of(TIERS, "参考管控层级")
    control_measures = fields.Dict(metadata={"label": "控制措施"})
    check_items = fields.List(fields.String(), metadata={"label": "检查内容"})
    per_operation = flag("作业前检查")
    suggested_frequency = fields.Dict(metadata={"label": "建议频次"})


class ListLibrary(SearchArgs):
    industry = optional_text("行业代码", 8)
    level = optional_one_of(LEVELS, "参考等级")
    object_type = optional_one_of(OBJECT_TYPES, "对象类型")


class CopyFromLibrary(Schema):
    unit_id = identifier("所属单元", required=True)
    codes = list_of(text("风险库代码", 20), "风险库代码", 300, 1, required=True)


class BatchDone(Schema):
    count = number_of("数量")
    ids = fields.List(identifier("风险点"), metadata={"label": "风险点"})
    batch_id = identifier("批次编号")


class Batch(Owned):
    action = one_of(BATCH_ACTIONS, "操作")
    at = moment("时间")
    operator_name = shown("操作人")
    file_name = shown("文件", allow_none=True)
    ok = number_of("成功数")
    failed = number_of("失败数")
    remark = shown("说明", allow_none=True)


class ListBatches(PageArgs, ByAge):
    action = optional_one_of(BATCH_ACTIONS, "操作")


class CategoryFields(Schema):
    name = text("分类名称", 60, required=True)
    parent_id = optional_identifier("上级分类")
    position = whole("排序", 0, 9999, load_default=0)


class Category(Owned):
    name = shown("分类名称")
    parent_id = identifier("上级分类", allow_none=True)
    position = number_of("排序")


class Categories(Schema):
    items = fields.List(fields.Nested(Category), metadata={"label": "分类"})


class CreateCategory(CategoryFields):
    id = optional_identifier("编号")


class OneCategory(Schema):
    category_id = identifier("分类", required=True)
    version = version()


class ChangeCategory(OneCategory, CategoryFields):
    pass


class CatalogueArgs(Schema):
    name = one_of(CATALOGUES, "目录", required=True)


class CatalogueRows(Schema):
    items = fields.List(fields.Dict(), metadata={"label": "条目"})


READ, WRITE = permissions.POINTS_READ.code, permissions.POINTS_WRITE.code
LIST_LIBRARY = Operation(
    "list_risk_library",
    "GET /risk-library",
    permissions.LIBRARY_READ.code,
    ListLibrary,
    page_of(LibraryRow),
    "风险库",
    is_list=True,
)
COPY_FROM_LIBRARY = Operation(
    "copy_from_library", "POST /risk-points/library-copies", WRITE, CopyFromLibrary, BatchDone, "引用系统选项", status=201
)
LIST_BATCHES = Operation("list_risk_batches", "GET /risk-batches", READ, ListBatches, page_of(Batch), "批量操作日志", is_list=True)
LIST_CATEGORIES = Operation("list_risk_categories", "GET /risk-categories", READ, Schema, Categories, "风险点分类")
CREATE_CATEGORY = Operation(
    "create_risk_category", "POST /risk-categories", WRITE, CreateCategory, Category, "新增风险点分类", status=201
)
CHANGE_CATEGORY = Operation(
    "change_risk_category", "PUT /risk-categories/{category_id}", WRITE, ChangeCategory, Category, "修改风险点分类"
)
DELETE_CATEGORY = Operation(
    "delete_risk_category", "DELETE /risk-categories/{category_id}", WRITE, OneCategory, Category, "删除未使用的分类"
)
SHOW_RISK_CATALOGUE = Operation(
    "show_risk_catalogue", "GET /risk-catalogues/{name}", PUBLIC, CatalogueArgs, CatalogueRows, "风险基础目录"
)
OPERATIONS = [
    LIST_LIBRARY,
    COPY_FROM_LIBRARY,
    LIST_BATCHES,
    LIST_CATEGORIES,
    CREATE_CATEGORY,
    CHANGE_CATEGORY,
    DELETE_CATEGORY,
    SHOW_RISK_CATALOGUE,
]
