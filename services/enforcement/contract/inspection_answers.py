"""What is told of an inspection."""

from marshmallow import fields

from services.enforcement.contract.check_tables import TableItem
from services.enforcement.contract.vocabulary import HAZARD_CLASSES, OFFERED_MOVES, RESULTS, SOURCES, STATUSES
from services.language.fields import Identifier, day, flag, identifier, moment, number_of, shown, word
from services.language.schema import Schema


class OfficerOnDuty(Schema):
    id = identifier("执法人员")
    name = shown("姓名")
    certificate_number = shown("执法证号")


class TableUsed(Schema):
    id = identifier("检查表")
    edition = number_of("版次")
    name = shown("名称")


class ItemResult(Schema):
    number = number_of("序号")
    code = shown("检查内容代码")
    item = shown("检查内容")
    result = word(RESULTS, "结果")
    note = shown("说明", allow_none=True)


class FindingProgress(Schema):
    """How far the enterprise is with the hazard that the finding became."""

    hazard_id = identifier("隐患")
    number = shown("隐患编号", allow_none=True)
    status = shown("整改状态")
    finished_at = moment("整改完成时间", allow_none=True)


class Finding(Schema):
    id = identifier("问题")
    item_code = shown("检查内容代码", allow_none=True)
    description = shown("问题描述")
    place = shown("部位")
    hazard_class = word(HAZARD_CLASSES, "隐患级别")
    criterion_code = shown("重大隐患判定条款", allow_none=True)
    basis = shown("依据")
    measure = shown("整改要求")
    deadline_on = day("整改期限")
    photos = fields.List(fields.String(), metadata={"label": "照片"})
    is_passed = flag("复查是否合格", allow_none=True)
    recheck_opinion = shown("复查意见", allow_none=True)
    progress = fields.Nested(FindingProgress, allow_none=True, metadata={"label": "整改进展"})


class Step(Schema):
    at = moment("时间")
    by_name = shown("经办人")
    move = shown("动作")
    before = word(STATUSES, "原状态")
    after = word(STATUSES, "新状态")
    reason = shown("说明", allow_none=True)


class InspectionLine(Schema):
    id = identifier("编号")
    enterprise_id = identifier("企业")
    enterprise_name = shown("企业名称")
    region = shown("地区")
    industry = shown("行业代码", allow_none=True)
    authority_region = shown("执法机关所在地区")
    status = word(STATUSES, "状态", attribute="state")
    source = word(SOURCES, "检查来源", allow_none=True)
    planned_on = day("计划检查日期", allow_none=True)
    officers = fields.List(fields.Nested(OfficerOnDuty), metadata={"label": "执法人员"})
    started_at = moment("开始时间", allow_none=True)
    recorded_at = moment("记录时间", allow_none=True)
    closed_at = moment("结束时间", allow_none=True)
    due_on = day("最近整改期限", allow_none=True)
    finding_count = number_of("问题数")
    version = number_of("版本号")


class Inspection(InspectionLine):
    """What is null is not told to this caller: of the scheme, an enterprise is told nothing but what the record repeats."""

    reason = shown("检查事由", allow_none=True)
    source_reference = shown("来源编号", allow_none=True)
    address = shown("检查地址")
    contact_person = shown("联系人", allow_none=True)
    methods = fields.List(fields.String(), allow_none=True, metadata={"label": "检查方式"})
    check_table = fields.Nested(TableUsed, metadata={"label": "检查表"})
    items = fields.List(fields.Nested(TableItem), metadata={"label": "检查内容"})
    legal_representative = shown("法定代表人（负责人）", allow_none=True)
    place = shown("检查场所", allow_none=True)
    results = fields.List(fields.Nested(ItemResult), metadata={"label": "逐项结果"})
    findings = fields.List(fields.Nested(Finding), metadata={"label": "发现的问题"})
    party_opinion = shown("被检查单位意见", allow_none=True)
    signed_by_party = shown("被检查单位签名人", allow_none=True)
    refusal_note = shown("拒签说明", allow_none=True)
    document_ids = fields.List(Identifier(), metadata={"label": "文书"})
    history = fields.List(fields.Nested(Step), metadata={"label": "经过"})
    allowed = fields.List(word(OFFERED_MOVES, "动作"), metadata={"label": "现在可以做"})
