"""What is told of a hazard: its public state, its line in the ledger, its whole file, its history."""

from marshmallow import fields

from services.hazard.contract.vocabulary import CATEGORIES, CLASSES, EVENTS, SOURCES, STATUSES
from services.language.fields import Identifier, day, flag, identifier, moment, money, number_of, shown, whole, word
from services.language.schema import Owned, Schema


class HazardState(Owned):
    """The public state, which every event carries.

    Of class ``major`` the states are those of SM-MHZ, else those of SM-HZ.  Not counted anywhere: cancelled ones and
    ``downgraded`` ones, whose general successor names them in ``origin_id`` and keeps their ``found_at``.
    """

    unit_id = identifier("发现单元", allow_none=True)
    found_unit_id = identifier("发现时的单元（后已合并）", allow_none=True)
    number = shown("隐患编号", allow_none=True)
    source = word(SOURCES, "隐患来源")
    hazard_class = word(CLASSES, "隐患级别")
    status = word(STATUSES, "状态")
    description = shown("隐患描述")
    place = shown("隐患地点")
    point_id = identifier("风险点", allow_none=True)
    found_at = moment("发现时间")
    found_by = shown("发现人账号", allow_none=True)
    responsible_id = shown("整改责任人账号", allow_none=True)
    responsible_unit_id = identifier("整改责任单元", allow_none=True)
    registered_at = moment("登记时间", allow_none=True)
    major_since = moment("列为重大隐患时间", allow_none=True)
    confirmed_at = moment("确认时间", allow_none=True)
    deadline_on = day("整改期限", allow_none=True)
    approved_deadline_on = day("最后批准的期限", allow_none=True)
    first_deadline_on = day("首次期限", allow_none=True)
    extensions = number_of("已延期次数")
    attempts = number_of("复查不合格次数")
    finished_at = moment("整改完成时间", allow_none=True)
    closed_at = moment("销号时间", allow_none=True)
    suspected_major = flag("疑似重大隐患")
    criterion_code = shown("重大隐患判定条款", allow_none=True)
    listed = flag("挂牌督办")
    authority_region = shown("检查机关所在地区", allow_none=True)
    inspection_id = identifier("执法检查", allow_none=True)
    finding_id = identifier("检查发现问题", allow_none=True)
    check_id = identifier("检查记录", allow_none=True)
    item_no = number_of("检查内容序号", allow_none=True)
    origin_id = identifier("原重大隐患", allow_none=True)


class HazardItem(HazardState):
    """A line of the ledger."""

    enterprise_name = shown("企业名称", allow_none=True)
    unit_name = shown("发现单元名称", allow_none=True)
    point_name = shown("风险点名称", allow_none=True)
    category = word(CATEGORIES, "隐患类别", allow_none=True)
    found_by_name = shown("发现人", allow_none=True)
    responsible_name = shown("整改责任人", allow_none=True)
    measure = shown("整改措施", allow_none=True)
    measure_taken = shown("整改情况", allow_none=True)
    cost = money("整改费用（元）", allow_none=True)
    is_overdue = flag("是否超期")
    days_overdue = number_of("超期天数")
    is_report_late = flag("上报是否超时")
    progress = number_of("治理进度（%）")


class Plan(Schema):
    """A governance plan: 责任、措施、资金、时限、预案五落实 (order 16, Art. 15)."""

    responsible_leader = shown("责任领导", allow_none=True)
    responsible_department = shown("责任部门", allow_none=True)
    responsible_person = shown("责任人", allow_none=True)
    responsible_phone = shown("责任人电话", allow_none=True)
    goal = shown("治理目标和任务", allow_none=True)
    methods = shown("治理方法和措施", allow_none=True)
    work_safety = shown("治理期间安全措施", allow_none=True)
    budget = money("治理资金（元）", allow_none=True)
    fund_source = shown("资金来源", allow_none=True)
    materials = shown("物资保障", allow_none=True)
    start_on = day("开始日期", allow_none=True)
    milestones = shown("阶段安排", allow_none=True)
    finish_on = day("完成日期", allow_none=True)
    emergency = shown("应急预案（监测预警、撤离、值守、演练）", allow_none=True)


class Assessment(Schema):
    is_passed = flag("是否通过")
    assessed_by_name = shown("评估人")
    agency = shown("评估机构", allow_none=True)
    report = shown("评估意见")
    attachments = fields.List(Identifier(), metadata={"label": "评估报告"})


class Extension(Schema):
    """The extension that waits for a decision."""

    to_on = day("申请延期至")
    reason = shown("延期原因")
    interim_measures = shown("延期期间防范措施")
    plan = shown("调整后的治理方案", allow_none=True)
    requested_by_name = shown("申请人")
    requested_at = moment("申请时间")


class Locked(Schema):
    operation = shown("操作代码")
    reason = shown("原因")


class Hazard(HazardItem):
    """The whole file; ``next_events`` are the moves that its state allows, ``allowed`` the operations open to the caller now."""

    part = shown("部位", allow_none=True)
    hazard_factor = shown("危险有害因素", allow_none=True)
    possible_accident = shown("可能导致的事故", allow_none=True)
    photos = fields.List(Identifier(), metadata={"label": "隐患照片"})
    longitude = fields.Float(allow_none=True, metadata={"label": "经度"})
    latitude = fields.Float(allow_none=True, metadata={"label": "纬度"})
    task_id = identifier("检查任务", allow_none=True)
    class_reason = shown("级别认定理由", allow_none=True)
    return_reason = shown("退回原因", allow_none=True)
    interim_measures = shown("临时防范措施", allow_none=True)
    budget = money("预计费用（元）", allow_none=True)
    after_photos = fields.List(Identifier(), metadata={"label": "整改后照片"})
    rectified_by_name = shown("整改提交人", allow_none=True)
    rechecked_by_name = shown("复查人", allow_none=True)
    recheck_opinion = shown("复查意见", allow_none=True)
    extension = fields.Nested(Extension, allow_none=True, metadata={"label": "待批延期"})
    report_due_at = moment("应上报时间", allow_none=True)
    reported_at = moment("上报时间", allow_none=True)
    current_state = shown("现状及产生原因", allow_none=True)
    danger = shown("危害程度和整改难易程度", allow_none=True)
    plan = fields.Nested(Plan, allow_none=True, metadata={"label": "治理方案"})
    progress_due_on = day("应报进展日期", allow_none=True)
    assessment = fields.Nested(Assessment, allow_none=True, metadata={"label": "治理效果评估"})
    acceptance_due_on = day("应验收日期", allow_none=True)
    is_acceptance_late = flag("验收是否超期")
    next_events = fields.List(fields.String(), metadata={"label": "可办理事项"})
    allowed = fields.List(fields.String(), metadata={"label": "现在可以做"})
    locked = fields.List(fields.Nested(Locked), metadata={"label": "暂不能做"})


class HistoryItem(Schema):
    id = identifier("编号")
    at = moment("时间")
    event = word(EVENTS, "事项")
    from_status = word(STATUSES, "原状态", allow_none=True)
    to_status = word(STATUSES, "新状态")
    by_id = shown("办理人账号")
    by_name = shown("办理人")
    reason = shown("意见", allow_none=True)
    attachments = fields.List(Identifier(), metadata={"label": "附件"})
    detail = fields.Dict(allow_none=True, metadata={"label": "详情"})


class Count(Schema):
    hazard_class = word(CLASSES, "隐患级别")
    status = word(STATUSES, "状态")
    count = whole("数量", 0, 10**9)
    overdue = whole("其中超期", 0, 10**9)
