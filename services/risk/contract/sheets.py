"""Points as a spreadsheet: the template, what is read of one that was filled in, and points written as one."""

from marshmallow import fields

from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Number,
    flag,
    identifier,
    list_of,
    number_of,
    one_of,
    optional_one_of,
    optional_text,
    shown,
    text,
)
from services.language.schema import FileAnswer, Schema
from services.language.sheets import RowError, SheetToImport
from services.risk.contract import permissions
from services.risk.contract.point_parts import PHONE, CheckItem, Measure
from services.risk.contract.points import PointFilters, Refused
from services.risk.contract.vocabulary import ACCIDENT_STANDARDS, DIRECT_RULES, METHODS, OBJECT_TYPES

MOST_ROWS = 2000  # Of one file: what a service reads, checks and keeps well within the time of one call.


class ImportRow(Schema):
    """One row of the sheet: one hazard factor of the point that unit and name tell (R27)."""

    unit = text("所属单元", 300, required=True)
    name = text("风险点名称", 100, required=True)
    category = optional_text("分类", 60)
    object_type = one_of(OBJECT_TYPES, "对象类型", required=True)
    place = text("位置", 200, required=True)
    factor_code = text("危害因素代码", 8, required=True)
    factor = text("危害因素描述", 300, required=True)
    accident_standard = one_of(ACCIDENT_STANDARDS, "事故分类标准", load_default="2025")
    accident_types = list_of(text("事故类型", 30), "事故类型", 27, load_default=list)
    method = one_of(METHODS, "评价方法", required=True)
    parameters = fields.Dict(keys=fields.String(), values=Number(allow_nan=False), required=True, metadata={"label": "评价参数"})
    direct_rule = optional_one_of(DIRECT_RULES, "直接判定规则")
    measures = list_of(fields.Nested(Measure), "控制措施", 40, load_default=list)
    check_items = list_of(fields.Nested(CheckItem), "检查内容", 100, load_default=list)
    responsible_person = optional_text("责任人", 50)
    responsible_phone = fields.String(validate=PHONE, metadata={"label": "责任人电话"}, **OPTIONAL)


class ImportRiskPoints(SheetToImport):
    """The template is that of ``get_import_template``."""


class Imported(Schema):
    """In mode ``all`` nothing is imported while there is an error; what is in the library just so is no error, and stays."""

    is_imported = flag("是否已导入")
    points = number_of("风险点数")
    rows = number_of("导入行数")
    failed_rows = number_of("错误行数")
    unchanged = number_of("未变化的风险点数")
    errors = fields.List(fields.Nested(RowError), metadata={"label": "错误"})
    batch_id = identifier("批次编号", allow_none=True)


class ExportRiskPoints(PointFilters):
    """The named points of one's own enterprise; without names all that the filters leave, save those out of use."""

    ids = list_of(identifier("风险点"), "风险点", 1000, load_default=list)


class Exported(Schema):
    """A file that ``import_risk_points`` takes; ``left_out`` names what it would not take, and why."""

    file_name = shown("文件名")
    content_base64 = shown("文件内容")
    points = number_of("风险点数")
    rows = number_of("行数")
    left_out = fields.List(fields.Nested(Refused), metadata={"label": "未导出"})
    batch_id = identifier("批次编号")


READ, IMPORT = permissions.POINTS_READ.code, permissions.POINTS_IMPORT.code
GET_IMPORT_TEMPLATE = Operation(
    "get_import_template", "GET /risk-points/import/template", IMPORT, Schema, FileAnswer, "下载导入模板"
)
PREVIEW_IMPORT = Operation(
    "preview_risk_import", "POST /risk-points/import/preview", IMPORT, ImportRiskPoints, Imported, "预览导入风险点"
)
IMPORT_RISK_POINTS = Operation(
    "import_risk_points", "POST /risk-points/import", IMPORT, ImportRiskPoints, Imported, "批量导入风险点"
)
EXPORT_RISK_POINTS = Operation("export_risk_points", "POST /risk-points/export", READ, ExportRiskPoints, Exported, "批量导出风险点")
OPERATIONS = [GET_IMPORT_TEMPLATE, PREVIEW_IMPORT, IMPORT_RISK_POINTS, EXPORT_RISK_POINTS]
