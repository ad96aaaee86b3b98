"""Risk points: the enterprise's library of them, their assessment, publishing, notice cards and QR codes."""

from marshmallow import fields, validate

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    flag,
    identifier,
    list_of,
    number_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
)
from services.language.schema import Affected, PageArgs, Schema, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import AGES
from services.risk.contract.point_parts import (
    Assess,
    Assessment,
    CheckItem,
    ControlPlan,
    Factor,
    LevelCount,
    PointFields,
    RiskCard,
    RiskPoint,
    RiskPointLine,
)
from services.risk.contract.tasks import CheckSheet
from services.risk.contract.vocabulary import LEVELS, OBJECT_TYPES, POINT_STATUSES, REVIEW_TRIGGERS

TOKEN = validate.Regexp(r"^[0-9A-Za-z]{22}\Z", error="应为22位令牌")
LEVELS_FIRST = {"level": "风险高的在前", "-level": "风险低的在前"}
GROUPS = {"unit": "单元", "category": "分类", "object_type": "对象类型", "region": "地区", "industry": "行业"}


class PointFilters(Schema):
    q = optional_text("关键字", 100)
    unit_id = optional_identifier("单元（含下级）")
    category_id = optional_identifier("分类")
    level = optional_one_of(LEVELS, "风险等级")
    status = optional_one_of(POINT_STATUSES, "状态")
    object_type = optional_one_of(OBJECT_TYPES, "对象类型")
    is_selectable = flag("仅可选入清单的", load_default=False)
    is_review_overdue = flag("仅评审超期的", load_default=False)


class ListRiskPoints(PageArgs, PointFilters):
    """By level, points of one level stand in the order of their making, or with ``-level`` against it."""

    sort = one_of(AGES | LEVELS_FIRST, "排序", load_default="-id")
    enterprise_id = optional_identifier("企业")
    region = optional_text("地区代码", 12)
    industry = optional_text("行业代码", 8)


class OnePoint(Schema):
    risk_point_id = identifier("风险点", required=True)


class PointChange(OnePoint):
    version = version()


class CreateRiskPoint(PointFields):
    id = optional_identifier("编号")
    is_draft = flag("存为草稿", load_default=False)
    assessment = fields.Nested(Assess, load_default=None, allow_none=True, metadata={"label": "评价"})


class ChangeRiskPoint(PointChange, PointFields):
    pass


class AssessRiskPoint(PointChange, Assess):
    pass


class ReassessRiskPoint(PointChange, Assess):
    """Factors and check items that come with the new version; absent, those in force go on."""

    factors = list_of(fields.Nested(Factor), "危害因素", 60, **OPTIONAL)
    check_items = list_of(fields.Nested(CheckItem), "检查内容", 100, **OPTIONAL)


class Reasoned(PointChange):
    reason = text("原因", 300, 2, required=True)


class SetControlPlan(PointChange, ControlPlan):
    pass


class RequireReview(Schema):
    """A change that asks for re-assessment within 30 days, of one unit's points or of named ones."""

    trigger = one_of(REVIEW_TRIGGERS, "评审原因", required=True)
    unit_id = optional_identifier("单元（含下级）")
    ids = list_of(identifier("风险点"), "风险点", 1000, load_default=list)


class DeleteRiskPoints(Schema):
    ids = list_of(identifier("风险点"), "风险点", 1000, 1, required=True)
    reason = text("原因", 300, 2, required=True)


class Refused(Schema):
    id = identifier("编号")
    name = shown("名称")
    reason = shown("原因")


class Deleted(Schema):
    deleted = number_of("已删除")
    retired = number_of("已停用")
    refused = fields.List(fields.Nested(Refused), metadata={"label": "未处理"})


class ByToken(Schema):
    token = fields.String(required=True, validate=TOKEN, metadata={"label": "二维码令牌"})


class CountRiskPoints(Schema):
    by = one_of(GROUPS, "分组方式", required=True)
    enterprise_id = optional_identifier("企业")
    unit_id = optional_identifier("单元（含下级）")


class Counts(Schema):
    items = fields.List(fields.Nested(LevelCount), metadata={"label": "分组计数"})


class Assessments(Schema):
    items = fields.List(fields.Nested(Assessment), metadata={"label": "历次评价"})


class Scanned(Schema):
    """What opens when a checker scans a notice board."""

    point = fields.Nested(RiskPoint, metadata={"label": "风险点"})
    sheets = fields.List(fields.Nested(CheckSheet), metadata={"label": "待查任务"})


class Printed(PointChange):
    printed_on = optional_day("打印日期")


READ, WRITE, PUBLISH = permissions.POINTS_READ.code, permissions.POINTS_WRITE.code, permissions.POINTS_PUBLISH.code


def _command(name: str, route: str, permission: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /risk-points/{{risk_point_id}}/{route}", permission, args, RiskPoint, summary)


LIST_RISK_POINTS = Operation(
    "list_risk_points", "GET /risk-points", READ, ListRiskPoints, page_of(RiskPointLine), "风险点列表", is_list=True
)
GET_RISK_POINT = Operation("get_risk_point", "GET /risk-points/{risk_point_id}", READ, OnePoint, RiskPoint, "风险点详情")
SCAN_RISK_POINT = Operation(
    "scan_risk_point", "GET /risk-points/by-token/{token}", READ, ByToken, Scanned, "扫码打开风险点和待查任务"
)
READ_PUBLIC_CARD = Operation("read_public_card", "GET /risk-cards/{token}", PUBLIC, ByToken, RiskCard, "扫码查看风险告知卡")
GET_RISK_CARD = Operation("get_risk_card", "GET /risk-points/{risk_point_id}/card", READ, OnePoint, RiskCard, "岗位风险告知卡")
LIST_ASSESSMENTS = Operation(
    "list_assessments", "GET /risk-points/{risk_point_id}/assessments", READ, OnePoint, Assessments, "历次评价"
)
COUNT_RISK_POINTS = Operation("count_risk_points", "GET /risk-points/counts", READ, CountRiskPoints, Counts, "风险点分组计数")
CREATE_RISK_POINT = Operation("create_risk_point", "POST /risk-points", WRITE, CreateRiskPoint, RiskPoint, "新增风险点", status=201)
CHANGE_RISK_POINT = Operation(
    "change_risk_point", "PUT /risk-points/{risk_point_id}", WRITE, ChangeRiskPoint, RiskPoint, "修改风险点"
)
IDENTIFY_RISK_POINT = _command("identify_risk_point", "identification", WRITE, PointChange, "完成辨识")
ASSESS_RISK_POINT = _command("assess_risk_point", "assessment", WRITE, AssessRiskPoint, "评价风险点")
REASSESS_RISK_POINT = _command("reassess_risk_point", "reassessment", WRITE, ReassessRiskPoint, "重新评价在用风险点")
PUBLISH_RISK_POINT = _command("publish_risk_point", "publication", PUBLISH, PointChange, "发布风险点")
PUBLISH_VERSION = _command("publish_risk_point_version", "version-publication", PUBLISH, PointChange, "发布重新评价")
RETIRE_RISK_POINT = _command("retire_risk_point", "retirement", PUBLISH, Reasoned, "停用风险点")
REOPEN_RISK_POINT = _command("reopen_risk_point", "reopening", PUBLISH, PointChange, "恢复风险点")
RENEW_TOKEN = _command("renew_risk_token", "token", PUBLISH, Reasoned, "更换二维码")
PRINT_CARD = _command("print_risk_card", "card-prints", READ, Printed, "登记告知卡已打印")
SET_CONTROL_PLAN = Operation(
    "set_control_plan", "PUT /risk-points/{risk_point_id}/control-plan", WRITE, SetControlPlan, RiskPoint, "填写管控方案"
)
REQUIRE_REVIEW = Operation("require_review", "POST /risk-points/reviews", WRITE, RequireReview, Affected, "要求重新评价")
DELETE_RISK_POINTS = Operation(
    "delete_risk_points", "POST /risk-points/deletion", permissions.POINTS_DELETE.code, DeleteRiskPoints, Deleted, "批量删除风险点"
)
OPERATIONS = [
    LIST_RISK_POINTS,
    GET_RISK_POINT,
    SCAN_RISK_POINT,
    READ_PUBLIC_CARD,
    GET_RISK_CARD,
    LIST_ASSESSMENTS,
    COUNT_RISK_POINTS,
    CREATE_RISK_POINT,
    CHANGE_RISK_POINT,
    IDENTIFY_RISK_POINT,
    ASSESS_RISK_POINT,
    REASSESS_RISK_POINT,
    PUBLISH_RISK_POINT,
    PUBLISH_VERSION,
    RETIRE_RISK_POINT,
    REOPEN_RISK_POINT,
    RENEW_TOKEN,
    PRINT_CARD,
    SET_CONTROL_PLAN,
    REQUIRE_REVIEW,
    DELETE_RISK_POINTS,
]
