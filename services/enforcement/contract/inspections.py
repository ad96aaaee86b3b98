"""Inspections (现场检查): scheme, approval, entry, record, order, recheck."""

from marshmallow import fields, validate

from services.enforcement.contract.inspection_answers import Inspection, InspectionLine
from services.enforcement.contract.permissions import INSPECTIONS_APPROVE, INSPECTIONS_READ, INSPECTIONS_WRITE
from services.enforcement.contract.vocabulary import HAZARD_CLASSES, METHODS, RESULTS, SOURCES, STATUSES
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    day,
    flag,
    identifier,
    list_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    text,
    version,
    whole,
)
from services.language.schema import Schema, SearchArgs, page_of


class ListInspections(SearchArgs):
    status = optional_one_of(STATUSES, "状态")
    source = optional_one_of(SOURCES, "检查来源")
    enterprise_id = optional_identifier("企业")
    officer_id = optional_identifier("执法人员")
    region = optional_text("地区代码", 12)
    industry = optional_text("行业代码", 8)
    planned_from = optional_day("计划日期起")
    planned_to = optional_day("计划日期止")
    due_by = optional_day("整改到期日不晚于")


class OneInspection(Schema):
    inspection_id = identifier("检查", required=True)


class SchemeFields(Schema):
    planned_on = day("计划检查日期", required=True)
    officer_ids = list_of(identifier("执法人员"), "执法人员", 10, required=True)
    check_table_id = identifier("检查表", required=True)
    source = one_of(SOURCES, "检查来源", required=True)
    source_reference = optional_text("来源编号", 60)
    reason = optional_text("检查事由", 500)
    address = text("检查地址", 200, 2, required=True)
    contact_person = optional_text("联系人", 40)
    methods = list_of(one_of(METHODS, "检查方式"), "检查方式", 4, 1, load_default=lambda: ["site", "document"])


class DraftInspection(SchemeFields):
    id = optional_identifier("编号")
    enterprise_id = identifier("企业", required=True)


class ReviseInspection(SchemeFields):
    inspection_id = identifier("检查", required=True)
    version = version()


class SubmitInspection(OneInspection):
    version = version()


class DecideInspection(OneInspection):
    is_approved = flag("是否批准", required=True)
    opinion = text("审批意见", 500, required=True)
    version = version()


class StartInspection(OneInspection):
    """The entry is registered by the code scanned at the gate; without one, by hand and with the reason."""

    officer_ids = list_of(identifier("执法人员"), "到场执法人员", 10, required=True)
    entry_code = optional_text("入企扫码内容", 200)
    entry_note = optional_text("未扫码原因", 200)
    version = version()


class ResultGiven(Schema):
    number = whole("序号", 1, 1000, required=True)
    result = one_of(RESULTS, "结果", required=True)
    note = optional_text("说明", 500)


class FindingMade(Schema):
    """What is left out comes from the check item: class, criterion, basis and deadline."""

    id = optional_identifier("编号")
    item_number = whole("检查内容序号", 1, 1000, **OPTIONAL)
    description = text("问题描述", 1000, 4, required=True)
    place = text("部位", 200, required=True)
    hazard_class = optional_one_of(HAZARD_CLASSES, "隐患级别")
    criterion_code = optional_text("重大隐患判定条款", 40)
    basis = optional_text("依据", 200)
    measure = text("整改要求", 500, 2, required=True)
    deadline_on = optional_day("整改期限")
    photos = list_of(fields.String(validate=validate.Length(1, 100)), "照片", 9, load_default=list)


class Signing(Schema):
    """Two officers sign; the other side signs too, or its refusal is noted."""

    signed_officer_ids = list_of(identifier("执法人员"), "签名的执法人员", 10, required=True)
    signed_by_party = optional_text("被检查单位签名人", 40)
    refusal_note = optional_text("拒签说明", 200)


class RecordInspection(OneInspection, Signing):
    place = text("检查场所", 200, 2, required=True)
    legal_representative = text("法定代表人（负责人）", 40, 2, required=True)
    results = list_of(fields.Nested(ResultGiven), "逐项结果", 300, 1, required=True)
    findings = list_of(fields.Nested(FindingMade), "发现的问题", 100, load_default=list)
    party_opinion = text("被检查单位意见", 500, required=True)
    version = version()


class CloseInspection(OneInspection):
    version = version()


class OrderItem(Schema):
    finding_id = identifier("问题", required=True)
    deadline_on = optional_day("整改期限")
    on_site_measure = optional_text("现场处理措施", 500)


class OrderRectification(OneInspection, Signing):
    """Items with an on-site measure also enter a WS04; an item left out keeps the deadline of the record."""

    items = list_of(fields.Nested(OrderItem), "责令整改事项", 100, load_default=list)
    version = version()


class RecheckItem(Schema):
    finding_id = identifier("问题", required=True)
    is_passed = flag("是否合格", required=True)
    opinion = text("复查意见", 500, required=True)
    deadline_on = optional_day("新整改期限")


class RecheckInspection(OneInspection, Signing):
    items = list_of(fields.Nested(RecheckItem), "逐项复查结论", 100, 1, required=True)
    opinion = text("复查意见", 500, required=True)
    version = version()


class CancelInspection(OneInspection):
    reason = text("取消原因", 200, 2, required=True)
    version = version()


def _command(name: str, way: str, args: type[Schema], summary: str, permission: str = INSPECTIONS_WRITE.code) -> Operation:
    return Operation(name, f"POST /inspections/{{inspection_id}}/{way}", permission, args, Inspection, summary)


LIST_INSPECTIONS = Operation(
    "list_inspections",
    "GET /inspections",
    INSPECTIONS_READ.code,
    ListInspections,
    page_of(InspectionLine),
    "现场检查列表",
    is_list=True,
)
SHOW_INSPECTION = Operation(
    "show_inspection", "GET /inspections/{inspection_id}", INSPECTIONS_READ.code, OneInspection, Inspection, "现场检查详情"
)
DRAFT_INSPECTION = Operation(
    "draft_inspection", "POST /inspections", INSPECTIONS_WRITE.code, DraftInspection, Inspection, "编制现场检查方案", status=201
)
REVISE_INSPECTION = Operation(
    "revise_inspection",
    "PUT /inspections/{inspection_id}",
    INSPECTIONS_WRITE.code,
    ReviseInspection,
    Inspection,
    "修改现场检查方案",
)
SUBMIT_INSPECTION = _command("submit_inspection", "submission", SubmitInspection, "提交现场检查方案")
DECIDE_INSPECTION = _command("decide_inspection", "approval", DecideInspection, "审批现场检查方案", INSPECTIONS_APPROVE.code)
START_INSPECTION = _command("start_inspection", "start", StartInspection, "登记入企并开始检查")
RECORD_INSPECTION = _command("record_inspection", "record", RecordInspection, "登记现场检查记录")
CLOSE_INSPECTION = _command("close_inspection", "no-problem", CloseInspection, "未发现问题，结束检查")
ORDER_RECTIFICATION = _command("order_rectification", "order", OrderRectification, "责令限期整改")
RECHECK_INSPECTION = _command("recheck_inspection", "recheck", RecheckInspection, "登记整改复查")
CANCEL_INSPECTION = _command("cancel_inspection", "cancellation", CancelInspection, "取消检查")
OPERATIONS = [
    LIST_INSPECTIONS,
    SHOW_INSPECTION,
    DRAFT_INSPECTION,
    REVISE_INSPECTION,
    SUBMIT_INSPECTION,
    DECIDE_INSPECTION,
    START_INSPECTION,
    RECORD_INSPECTION,
    CLOSE_INSPECTION,
    ORDER_RECTIFICATION,
    RECHECK_INSPECTION,
    CANCEL_INSPECTION,
]
