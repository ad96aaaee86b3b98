"""What a service answers about its audit trail (审计日志): what was done here, by whom, from where."""

from marshmallow import fields

from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, identifier, moment, one_of, optional_identifier, optional_one_of, shown, text
from services.language.schema import Schema, SearchArgs, page_of

AUDIT_RESULTS = {"done": "成功", "refused": "拒绝", "failed": "失败"}


class TrailEntry(Schema):
    id = identifier("编号")
    at = moment("时间")
    operation = shown("操作代码")
    result = one_of(AUDIT_RESULTS, "结果")
    actor = shown("操作人编号")
    actor_name = shown("操作人")
    actor_kind = shown("操作人类别")
    address = shown("来源地址", allow_none=True)
    request_id = shown("请求编号", allow_none=True)
    region = shown("行政区划")
    enterprise_id = identifier("企业", allow_none=True)
    changes = fields.Dict(metadata={"label": "前后对照"})


class ListTrail(SearchArgs):
    """``q`` is part of the actor's name."""

    actor = text("操作人编号", 80, **OPTIONAL)
    operation = text("操作代码", 80, **OPTIONAL)
    result = optional_one_of(AUDIT_RESULTS, "结果")
    request_id = text("请求编号", 64, **OPTIONAL)
    enterprise_id = optional_identifier("企业")
    since = moment("起始时间", **OPTIONAL)
    until = moment("截止时间", **OPTIONAL)


# The permission is declared by the gateway, whose auditors read all trails alike; a right of ``data.`` is told to every service.
LIST_TRAIL = Operation("list_trail", "GET", "data.audit.read", ListTrail, page_of(TrailEntry), "审计日志（单个服务）", is_list=True)
