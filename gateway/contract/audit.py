"""The audit trail's reading side (审计日志): what was done here, by whom, from where."""

from marshmallow import fields

from gateway.contract.parts import identifier, one_of, text
from gateway.contract.permissions import AUDIT_READ
from gateway.contract.vocabulary import AUDIT_RESULTS, CALLER_KINDS
from services.kernel.contract import Operation, PageArgs, Schema, page_of


class AuditEntry(Schema):
    id = identifier("编号")
    at = fields.AwareDateTime(metadata={"label": "时间"})
    operation = fields.String(metadata={"label": "操作"})
    result = one_of(AUDIT_RESULTS, "结果")
    actor = fields.String(metadata={"label": "操作人编号"})
    actor_name = fields.String(metadata={"label": "操作人"})
    actor_kind = one_of(CALLER_KINDS, "操作人类别")
    address = fields.String(allow_none=True, metadata={"label": "来源地址"})
    request_id = fields.String(allow_none=True, metadata={"label": "请求编号"})
    region = fields.String(metadata={"label": "行政区划"})
    enterprise_id = identifier("企业", allow_none=True)
    changes = fields.Dict(metadata={"label": "前后对照"})


class ListAudit(PageArgs):
    actor = text("操作人编号", 80, load_default=None, allow_none=True)
    operation = text("操作", 80, load_default=None, allow_none=True)
    result = one_of(AUDIT_RESULTS, "结果", load_default=None, allow_none=True)
    enterprise_id = identifier("企业", load_default=None, allow_none=True)
    since = fields.AwareDateTime(load_default=None, allow_none=True, metadata={"label": "起始时间"})
    until = fields.AwareDateTime(load_default=None, allow_none=True, metadata={"label": "截止时间"})


LIST_AUDIT = Operation("list_audit", "GET /audit", AUDIT_READ.code, ListAudit, page_of(AuditEntry), "审计日志", is_list=True)
OPERATIONS = [LIST_AUDIT]
