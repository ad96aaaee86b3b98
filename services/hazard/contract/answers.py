"""What is told of a hazard: its public state, its line in the ledger, its whole file, its history."""

from marshmallow import fields

from services.hazard.contract.parts import Identifier, Owned, day, flag, identifier, moment, money, said, whole, word
from services.hazard.contract.vocabulary import CATEGORIES, CLASSES, SOURCES, STATUSES
from services.kernel.contract import Schema


class HazardState(Owned):
    """The public state, which every event carries.

    Of class ``major`` the states are those of SM-MHZ, else those of SM-HZ.  Not counted anywhere: cancelled ones and
    ``downgraded`` ones, whose general successor names them in ``origin_id`` and keeps their ``found_at``.
    """

    unit_id = identifier("发现单元", allow_none=True)
    number = said("隐患编号")
    source = word(SOURCES, "隐患来源")
    hazard_class = word(CLASSES, "隐患级别")
    status = word(STATUSES, "状态")
    description = fields.String(metadata={"label": "隐患描述"})
    place = fields.String(metadata={"label": "隐患地点"})
    point_id = identifier("风险点", allow_none=True)
    found_at = moment("发现时间")
    found_by = said("发现人账号")
    registered_at = moment("登记时间", allow_none=True)
    major_since = moment("列为重大隐患时间", allow_none=True)
    confirmed_at = moment("确认时间", allow_none=True)
    deadline_on = day("整改期限", allow_none=True)
    approved_deadline_on = day("最后批准的期限", allow_none=True)
    first_deadline_on = day("首次期限", allow_none=True)
    extensions = fields.Integer(metadata={"label": "已延期次数"})
    attempts = fields.Integer(metadata={"label": "复查不合格次数"})
    finished_at = moment("整改完成时间", allow_none=True)
    closed_at = moment("销号时间", allow_none=True)
    suspected_major = flag("疑似重大隐患")
    criterion_code = said("重大隐患判定条款")
    listed = flag("挂牌督办")
    authority_region = said("检查机关所在地区")
    inspection_id = identifier("执法检查", allow_none=True)
    finding_id = identifier("检查发现问题", allow_none=True)
    check_id = identifier("检查记录", allow_none=True)
    item_no = fields.Integer(allow_none=True, metadata={"label": "检查内容序号"})
    origin_id = identifier("原重大隐患", allow_none=True)


class HazardItem(HazardState):
    """A line of the ledger."""

    enterprise_name = said("企业名称")
    unit_name = said("发现单元名称")
    point_name = said("风险点名称")
    category = word(CATEGORIES, "隐患类别", allow_none=True)
    found_by_name = said("发现人")
    responsible_id = said("整改责任人账号")
    responsible_name = said("整改责任人")
    responsible_unit_id = identifier("整改责任单元", allow_none=True)
    measure = said("整改措施")
    measure_taken = said("整改情况")
    cost = money("整改费用（元）", allow_none=True)
    is_overdue = flag("是否超期")
    days_overdue = fields.Integer(metadata={"label": "超期天数"})
    is_report_late = flag("上报是否超时")
    progress = fields.Integer(metadata={"label": "治理进度（%）"})


class Plan(Schema):
    """A governance plan: 责任、措施、资金、时限、预案五落实 (order 16, Art. 15)."""

    responsible_leader = said("责任领导")
    responsible_department = said("责任部门")
    responsible_person = said("责任人")
    responsible_phone = said("责任人电话")
    goal = said("治理目标和任务")
    methods = said("治理方法和措施")
    work_safety = said("治理期间安全措施")
    budget = money("治理资金（元）", allow_none=True)
    fund_source = said("资金来源")
    materials = said("物资保障")
    start_on = day("开始日期", allow_none=True)
    milestones = said("阶段安排")
    finish_on = day("完成日期", allow_none=True)
    emergency = said("应急预案（监测预警、撤离、值守、演练）")


class Assessment(Schema):
    is_passed = flag("是否通过")
    assessed_by_name = fields.String(metadata={"label": "评估人"})
    agency = said("评估机构")
    report = fields.String(metadata={"label": "评估意见"})
    attachments = fields.List(Identifier(), metadata={"label": "评估报告"})


class Extension(Schema):
    """The extension that waits for a decision."""

    to_on = day("申请延期至")
    reason = fields.String(metadata={"label": "延期原因"})
    interim_measures = fields.String(metadata={"label": "延期期间防范措施"})
    plan = said("调整后的治理方案")
    requested_by_name = fields.String(metadata={"label": "申请人"})
    requested_at = moment("申请时间")


class Hazard(HazardItem):
    """The whole file; ``next_events`` are the moves that its state allows."""

    part = said("部位")
    hazard_factor = said("危险有害因素")
    possible_accident = said("可能导致的事故")
    photos = fields.List(Identifier(), metadata={"label": "隐患照片"})
    longitude = fields.Float(allow_none=True, metadata={"label": "经度"})
    latitude = fields.Float(allow_none=True, metadata={"label": "纬度"})
    task_id = identifier("检查任务", allow_none=True)
    class_reason = said("级别认定理由")
    return_reason = said("退回原因")
    interim_measures = said("临时防范措施")
    budget = money("预计费用（元）", allow_none=True)
    after_photos = fields.List(Identifier(), metadata={"label": "整改后照片"})
    rectified_by_name = said("整改提交人")
    rechecked_by_name = said("复查人")
    recheck_opinion = said("复查意见")
    extension = fields.Nested(Extension, allow_none=True, metadata={"label": "待批延期"})
    report_due_at = moment("应上报时间", allow_none=True)
    reported_at = moment("上报时间", allow_none=True)
    current_state = said("现状及产生原因")
    danger = said("危害程度和整改难易程度")
    plan = fields.Nested(Plan, allow_none=True, metadata={"label": "治理方案"})
    progress_due_on = day("应报进展日期", allow_none=True)
    assessment = fields.Nested(Assessment, allow_none=True, metadata={"label": "治理效果评估"})
    acceptance_due_on = day("应验收日期", allow_none=True)
    is_acceptance_late = flag("验收是否超期")
    next_events = fields.List(fields.String(), metadata={"label": "可办理事项"})


class HistoryItem(Schema):
    id = identifier("编号")
    at = moment("时间")
    event = fields.String(metadata={"label": "事项"})
    from_status = word(STATUSES, "原状态", allow_none=True)
    to_status = word(STATUSES, "新状态")
    by_id = fields.String(metadata={"label": "办理人账号"})
    by_name = fields.String(metadata={"label": "办理人"})
    reason = said("意见")
    attachments = fields.List(Identifier(), metadata={"label": "附件"})
    detail = fields.Dict(allow_none=True, metadata={"label": "详情"})


class Count(Schema):
    hazard_class = word(CLASSES, "隐患级别")
    status = word(STATUSES, "状态")
    count = whole("数量", 0, 10**9)
    overdue = whole("其中超期", 0, 10**9)
