"""Risk lists: composed, audited by somebody else, filed; only filed lists make tasks and are seen by government."""

from marshmallow import fields, validate

from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Number,
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
from services.language.schema import Owned, Schema, SearchArgs, page_of
from services.risk.contract import permissions
from services.risk.contract.parts import ByAge
from services.risk.contract.vocabulary import LEVELS, LIST_STATUSES, PERIODS, SPLITS, TIERS

CLOCK = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z|^24:00\Z", error="应为时刻，如 08:30")


class LineItem(Schema):
    item = text("检查内容", 300, 2, required=True)
    standard = optional_text("检查标准", 500)
    mandatory_id = optional_identifier("强制性检查内容")


class Line(Schema):
    """Without ``items`` the check items of the point are taken; ``times`` as rules allow for the period."""

    point_id = identifier("风险点", required=True)
    period = one_of(PERIODS, "检查周期", required=True)
    times = whole("次数", 1, 7, load_default=1)
    split = one_of(SPLITS, "时段方式", load_default="count")
    span_start = fields.String(load_default="00:00", validate=CLOCK, metadata={"label": "作业时段起"})
    span_end = fields.String(load_default="24:00", validate=CLOCK, metadata={"label": "作业时段止"})
    checker_id = optional_text("检查人账号", 64)
    checker_unit_id = optional_identifier("检查岗位")
    checker_name = optional_text("检查人或岗位名称", 60)
    items = list_of(fields.Nested(LineItem), "检查内容", 100, load_default=list)


class ListLine(Line):
    line_id = identifier("清单行编号")
    point_name = shown("风险点", allow_none=True)
    place = shown("位置", allow_none=True)
    level = one_of(LEVELS, "风险等级", allow_none=True)


class RiskListRow(Owned):
    name = shown("清单名称")
    enterprise_name = shown("企业名称", allow_none=True)
    unit_id = identifier("适用单元编号")
    unit_name = shown("适用单元", allow_none=True)
    list_class = one_of(TIERS, "清单类别")
    status = one_of(LIST_STATUSES, "状态")
    line_count = number_of("风险点数")
    author_id = shown("编制人账号")
    author_name = shown("编制人")
    submitted_at = moment("提交时间", allow_none=True)
    auditor_name = shown("审核人", allow_none=True)
    audited_at = moment("审核时间", allow_none=True)
    filed_at = moment("报备时间", allow_none=True)
    ended_at = moment("停用时间", allow_none=True)


class RiskListLine(RiskListRow):
    """A line of the overview: levels are those of the filing, before it those of today; ``edition`` counts what the unit filed.

    The rate is that of the last 30 days, and of a list without tasks there is none; of what was withdrawn unfiled there is
    no edition.
    """

    red = number_of("重大风险点数")
    orange = number_of("较大风险点数")
    yellow = number_of("一般风险点数")
    blue = number_of("低风险点数")
    edition = number_of("版次", allow_none=True)
    check_rate = Number(allow_none=True, metadata={"label": "近30天排查率（%）"})


class RiskList(RiskListRow):
    lines = fields.List(fields.Nested(ListLine), metadata={"label": "清单明细"})
    audit_opinion = shown("审核意见", allow_none=True)
    reason = shown("撤销原因", allow_none=True)
    replaces_id = identifier("所替代的清单", allow_none=True)
    allowed = fields.List(fields.String(), metadata={"label": "现在可以做"})


class ListRiskLists(SearchArgs, ByAge):
    enterprise_id = optional_identifier("企业")
    unit_id = optional_identifier("适用单元（含下级）")
    list_class = optional_one_of(TIERS, "清单类别")
    status = optional_one_of(LIST_STATUSES, "状态")
    region = optional_text("地区代码", 12)
    industry = optional_text("行业代码", 8)


class OneList(Schema):
    risk_list_id = identifier("风险清单", required=True)


class ListChange(OneList):
    version = version()


class ListContent(Schema):
    name = text("清单名称", 100, **OPTIONAL)
    lines = list_of(fields.Nested(Line), "清单明细", 3000, required=True)


class ComposeRiskList(ListContent):
    id = optional_identifier("编号")
    unit_id = identifier("适用单元", required=True)
    list_class = one_of(TIERS, "清单类别", required=True)


class ChangeRiskList(ListChange, ListContent):
    pass


class CopyRiskList(OneList):
    id = optional_identifier("新清单编号")
    unit_id = identifier("目标单元", required=True)


class Copied(RiskList):
    unmatched = fields.List(fields.String(), metadata={"label": "目标单元没有的风险点"})


class AuditRiskList(ListChange):
    is_passed = flag("是否通过", required=True)
    opinion = optional_text("审核意见", 500)


class WithdrawRiskList(ListChange):
    reason = optional_text("原因", 300)


class Finding(Schema):
    """One thing that stands against submitting or filing (``is_blocking``), or that the author should look at."""

    code = shown("代码")
    message = shown("说明")
    is_blocking = flag("是否阻止报备")
    point_id = identifier("风险点编号", allow_none=True)


class Preview(RiskList):
    findings = fields.List(fields.Nested(Finding), metadata={"label": "检查结果"})


class Execution(Schema):
    """Of the tasks whose window ended in the last 30 days."""

    due = number_of("应查")
    done = number_of("按时已查")
    done_late = number_of("超时补查")
    missed = number_of("漏查")
    check_rate = Number(allow_none=True, metadata={"label": "排查率（%）"})


class RequiredArgs(Schema):
    unit_id = identifier("单元", required=True)


class RequiredPoint(Schema):
    point_id = identifier("风险点编号")
    name = shown("风险点")
    unit_name = shown("所属单元", allow_none=True)
    level = one_of(LEVELS, "风险等级")
    control_tier = one_of(TIERS, "管控层级")
    period = one_of(PERIODS, "最低检查周期")
    times = number_of("最低次数")
    items = fields.List(fields.Nested(LineItem), metadata={"label": "检查内容"})


class Required(Schema):
    list_class = one_of(TIERS, "清单类别")
    points = fields.List(fields.Nested(RequiredPoint), metadata={"label": "应列入的风险点"})
    mandatory_items = fields.List(fields.Nested(LineItem), metadata={"label": "强制性检查内容"})


READ, WRITE, FILE = permissions.LISTS_READ.code, permissions.LISTS_WRITE.code, permissions.LISTS_FILE.code
LIST_RISK_LISTS = Operation(
    "list_risk_lists", "GET /risk-lists", READ, ListRiskLists, page_of(RiskListLine), "风险清单列表", is_list=True
)
GET_RISK_LIST = Operation("get_risk_list", "GET /risk-lists/{risk_list_id}", READ, OneList, RiskList, "风险清单详情")
PREVIEW_RISK_LIST = Operation("preview_risk_list", "GET /risk-lists/{risk_list_id}/preview", READ, OneList, Preview, "预览风险清单")
GET_EXECUTION = Operation(
    "get_list_execution", "GET /risk-lists/{risk_list_id}/execution", READ, OneList, Execution, "风险清单执行情况"
)
LIST_REQUIRED_POINTS = Operation(
    "list_required_points", "GET /risk-lists/required-points", READ, RequiredArgs, Required, "单元清单应列入的风险点"
)
COMPOSE_RISK_LIST = Operation("compose_risk_list", "POST /risk-lists", WRITE, ComposeRiskList, RiskList, "编制风险清单", status=201)
CHANGE_RISK_LIST = Operation("change_risk_list", "PUT /risk-lists/{risk_list_id}", WRITE, ChangeRiskList, RiskList, "修改风险清单")
COPY_RISK_LIST = Operation(
    "copy_risk_list", "POST /risk-lists/{risk_list_id}/copies", WRITE, CopyRiskList, Copied, "引用已有清单", status=201
)
SUBMIT_RISK_LIST = Operation(
    "submit_risk_list", "POST /risk-lists/{risk_list_id}/submission", WRITE, ListChange, Preview, "提交审核"
)
AUDIT_RISK_LIST = Operation(
    "audit_risk_list",
    "POST /risk-lists/{risk_list_id}/audit",
    permissions.LISTS_AUDIT.code,
    AuditRiskList,
    RiskList,
    "审核风险清单",
)
FILE_RISK_LIST = Operation("file_risk_list", "POST /risk-lists/{risk_list_id}/publish", FILE, ListChange, RiskList, "报备风险清单")
WITHDRAW_RISK_LIST = Operation(
    "withdraw_risk_list", "POST /risk-lists/{risk_list_id}/withdrawal", FILE, WithdrawRiskList, RiskList, "撤销风险清单"
)
OPERATIONS = [
    LIST_RISK_LISTS,
    GET_RISK_LIST,
    PREVIEW_RISK_LIST,
    GET_EXECUTION,
    LIST_REQUIRED_POINTS,
    COMPOSE_RISK_LIST,
    CHANGE_RISK_LIST,
    COPY_RISK_LIST,
    SUBMIT_RISK_LIST,
    AUDIT_RISK_LIST,
    FILE_RISK_LIST,
    WITHDRAW_RISK_LIST,
]
