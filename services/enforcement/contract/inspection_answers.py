"""What is told of an inspection."""

from marshmallow import fields

from services.enforcement.contract.parts import Identifier, identifier
from services.enforcement.contract.vocabulary import HAZARD_CLASSES, RESULTS, SOURCES, STATUSES
from services.kernel.contract import Schema


class OfficerOnDuty(Schema):
    id = identifier("执法人员")
    name = fields.String(metadata={"label": "姓名"})
    certificate_number = fields.String(metadata={"label": "执法证号"})


class TableUsed(Schema):
    id = identifier("检查表")
    edition = fields.Integer(metadata={"label": "版次"})
    name = fields.String(metadata={"label": "名称"})


class ItemResult(Schema):
    number = fields.Integer(metadata={"label": "序号"})
    code = fields.String(metadata={"label": "检查内容代码"})
    item = fields.String(metadata={"label": "检查内容"})
    result = fields.String(metadata={"label": "结果", "words": RESULTS})
    note = fields.String(allow_none=True, metadata={"label": "说明"})


class FindingProgress(Schema):
    """How far the enterprise is with the hazard that the finding became."""

    hazard_id = Identifier(metadata={"label": "隐患"})
    number = fields.String(allow_none=True, metadata={"label": "隐患编号"})
    status = fields.String(metadata={"label": "整改状态"})
    finished_at = fields.AwareDateTime(allow_none=True, metadata={"label": "整改完成时间"})


class Finding(Schema):
    id = identifier("问题")
    item_code = fields.String(allow_none=True, metadata={"label": "检查内容代码"})
    description = fields.String(metadata={"label": "问题描述"})
    place = fields.String(metadata={"label": "部位"})
    hazard_class = fields.String(metadata={"label": "隐患级别", "words": HAZARD_CLASSES})
    criterion_code = fields.String(allow_none=True, metadata={"label": "重大隐患判定条款"})
    basis = fields.String(metadata={"label": "依据"})
    measure = fields.String(metadata={"label": "整改要求"})
    deadline_on = fields.Date(metadata={"label": "整改期限"})
    photos = fields.List(fields.String(), metadata={"label": "照片"})
    is_passed = fields.Boolean(allow_none=True, metadata={"label": "复查是否合格"})
    recheck_opinion = fields.String(allow_none=True, metadata={"label": "复查意见"})
    progress = fields.Nested(FindingProgress, allow_none=True, metadata={"label": "整改进展"})


class Step(Schema):
    at = fields.AwareDateTime(metadata={"label": "时间"})
    by_name = fields.String(metadata={"label": "经办人"})
    move = fields.String(metadata={"label": "动作"})
    before = fields.String(metadata={"label": "原状态", "words": STATUSES})
    after = fields.String(metadata={"label": "新状态", "words": STATUSES})
    reason = fields.String(allow_none=True, metadata={"label": "说明"})


class InspectionLine(Schema):
    id = identifier("编号")
    enterprise_id = identifier("企业")
    enterprise_name = fields.String(metadata={"label": "企业名称"})
    region = fields.String(metadata={"label": "地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业代码"})
    authority_region = fields.String(metadata={"label": "执法机关所在地区"})
    status = fields.String(attribute="state", metadata={"label": "状态", "words": STATUSES})
    source = fields.String(metadata={"label": "检查来源", "words": SOURCES})
    planned_on = fields.Date(metadata={"label": "计划检查日期"})
    officers = fields.List(fields.Nested(OfficerOnDuty), metadata={"label": "执法人员"})
    started_at = fields.AwareDateTime(allow_none=True, metadata={"label": "开始时间"})
    recorded_at = fields.AwareDateTime(allow_none=True, metadata={"label": "记录时间"})
    closed_at = fields.AwareDateTime(allow_none=True, metadata={"label": "结束时间"})
    due_on = fields.Date(allow_none=True, metadata={"label": "最近整改期限"})
    finding_count = fields.Integer(metadata={"label": "问题数"})
    version = fields.Integer(metadata={"label": "版本号"})


class Inspection(InspectionLine):
    """What is null is not told to this caller: of the scheme, an enterprise is told nothing but what the record repeats."""

    reason = fields.String(allow_none=True, metadata={"label": "检查事由"})
    source_reference = fields.String(allow_none=True, metadata={"label": "来源编号"})
    address = fields.String(metadata={"label": "检查地址"})
    contact_person = fields.String(allow_none=True, metadata={"label": "联系人"})
    methods = fields.List(fields.String(), metadata={"label": "检查方式"})
    check_table = fields.Nested(TableUsed, metadata={"label": "检查表"})
    legal_representative = fields.String(allow_none=True, metadata={"label": "法定代表人（负责人）"})
    place = fields.String(allow_none=True, metadata={"label": "检查场所"})
    results = fields.List(fields.Nested(ItemResult), metadata={"label": "逐项结果"})
    findings = fields.List(fields.Nested(Finding), metadata={"label": "发现的问题"})
    party_opinion = fields.String(allow_none=True, metadata={"label": "被检查单位意见"})
    signed_by_party = fields.String(allow_none=True, metadata={"label": "被检查单位签名人"})
    refusal_note = fields.String(allow_none=True, metadata={"label": "拒签说明"})
    document_ids = fields.List(Identifier(), metadata={"label": "文书"})
    history = fields.List(fields.Nested(Step), metadata={"label": "经过"})
