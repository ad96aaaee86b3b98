"""The audit trail's reading side (审计日志): what was done here, by whom, from where."""

from marshmallow import fields

from gateway.contract.permissions import AUDIT_READ
from gateway.contract.vocabulary import AUDIT_RESULTS, CALLER_KINDS
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, identifier, moment, one_of, optional_identifier, optional_one_of, shown, text
from services.language.schema import Schema, SearchArgs, page_of


class AuditEntry(Schema):
    id = identifier("编号")
    at = moment("时间")
    operation = shown("操作")
    result = one_of(AUDIT_RESULTS, "结果")
    actor = shown("操作人编号")
    actor_name = shown("操作人")
    actor_kind = one_of(CALLER_KINDS, "操作人类别")
    address = shown("来源地址", allow_none=True)
    request_id = shown("请求编号", allow_none=True)
    region = shown("行政区划")
    enterprise_id = identifier("企业", allow_none=True)
    changes = fields.Dict(metadata={"label": "前后对照"})


class ListAudit(SearchArgs):
    actor = text("操作人编号", 80, **OPTIONAL)
    operation = text("操作", 80, **OPTIONAL)
    result = optional_one_of(AUDIT_RESULTS, "结果")
    enterprise_id = optional_identifier("企业")
    since = moment("起始时间", **OPTIONAL)
    until = moment("截止时间", **OPTIONAL)


LIST_AUDIT = Operation("list_audit", "GET /audit", AUDIT_READ.code, ListAudit, page_of(AuditEntry), "审计日志", is_list=True)
OPERATIONS = [LIST_AUDIT]
