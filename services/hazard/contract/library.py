"""The hazard library (隐患库): typical hazards to choose from, and the criteria by which a major one is judged."""

from marshmallow import fields

from services.hazard.contract import permissions
from services.hazard.contract.parts import ListArgs, day, flag, optional_text, said, word
from services.hazard.contract.vocabulary import CLASSES
from services.kernel.contract import Operation, Schema, page_of


class ListLibrary(ListArgs):
    industry = optional_text("行业代码", 8)
    category = optional_text("类别", 40)


class TypicalHazard(Schema):
    """A requirement whose breach is the hazard."""

    code = fields.String(metadata={"label": "编号"})
    industry = fields.String(metadata={"label": "行业代码"})
    category = fields.String(metadata={"label": "类别"})
    requirement = fields.String(metadata={"label": "检查要求"})
    basis = fields.String(metadata={"label": "依据"})
    hazard_class = word(CLASSES, "建议级别")
    deadline_days = fields.Integer(allow_none=True, metadata={"label": "建议期限（天）"})
    criterion_code = said("重大隐患判定条款")


class ListCriteria(ListArgs):
    group = optional_text("行业门类", 20)
    industry = optional_text("行业代码", 8)
    standard_code = optional_text("判定标准", 40)


class Criterion(Schema):
    code = fields.String(metadata={"label": "条款编号"})
    standard_code = fields.String(metadata={"label": "判定标准编号"})
    standard_title = fields.String(metadata={"label": "判定标准"})
    group = fields.String(metadata={"label": "行业门类"})
    sector = said("适用领域")
    article = said("条")
    item = said("项")
    parent_code = said("上级条款")
    text = fields.String(metadata={"label": "内容"})
    may_be_chosen = flag("可选用")


class Standard(Schema):
    code = fields.String(metadata={"label": "判定标准编号"})
    group = fields.String(metadata={"label": "行业门类"})
    title = fields.String(metadata={"label": "名称"})
    document_no = fields.String(metadata={"label": "文号"})
    effective_from = day("施行日期", allow_none=True)
    effective_to = day("失效日期", allow_none=True)
    status = fields.String(metadata={"label": "状态"})
    criteria = fields.Integer(metadata={"label": "收录条款数"})


class Standards(Schema):
    items = fields.List(fields.Nested(Standard), metadata={"label": "判定标准"})


LIST_LIBRARY = Operation(
    "list_hazard_library", "GET /hazard-library", permissions.LIBRARY_READ, ListLibrary, page_of(TypicalHazard), "隐患库",
    is_list=True,
)  # fmt: skip
LIST_CRITERIA = Operation(
    "list_major_criteria", "GET /hazard-library/criteria", permissions.LIBRARY_READ, ListCriteria, page_of(Criterion),
    "重大隐患判定条款", is_list=True,
)  # fmt: skip
LIST_STANDARDS = Operation(
    "list_major_standards", "GET /hazard-library/standards", permissions.LIBRARY_READ, Schema, Standards, "重大隐患判定标准"
)
OPERATIONS = [LIST_LIBRARY, LIST_CRITERIA, LIST_STANDARDS]
