"""The hazard library (隐患库): typical hazards to choose from, and the criteria by which a major one is judged."""

from marshmallow import fields

from services.hazard.contract import permissions
from services.hazard.contract.vocabulary import CLASSES
from services.kernel.contract import Operation
from services.language.fields import day, flag, number_of, optional_text, shown, word
from services.language.schema import Schema, SearchArgs, page_of


class ListLibrary(SearchArgs):
    industry = optional_text("行业代码", 8)
    category = optional_text("类别", 40)


class TypicalHazard(Schema):
    """A requirement whose breach is the hazard."""

    code = shown("编号")
    industry = shown("行业代码")
    category = shown("类别")
    requirement = shown("检查要求")
    basis = shown("依据")
    hazard_class = word(CLASSES, "建议级别")
    deadline_days = number_of("建议期限（天）", allow_none=True)
    criterion_code = shown("重大隐患判定条款", allow_none=True)


class ListCriteria(SearchArgs):
    group = optional_text("行业门类", 20)
    industry = optional_text("行业代码", 8)
    standard_code = optional_text("判定标准", 40)


class Criterion(Schema):
    code = shown("条款编号")
    standard_code = shown("判定标准编号")
    standard_title = shown("判定标准")
    group = shown("行业门类")
    sector = shown("适用领域", allow_none=True)
    article = shown("条", allow_none=True)
    item = shown("项", allow_none=True)
    parent_code = shown("上级条款", allow_none=True)
    text = shown("内容")
    may_be_chosen = flag("可选用")


class Standard(Schema):
    code = shown("判定标准编号")
    group = shown("行业门类")
    title = shown("名称")
    document_no = shown("文号")
    effective_from = day("施行日期", allow_none=True)
    effective_to = day("失效日期", allow_none=True)
    status = shown("状态")
    criteria = number_of("收录条款数")


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
