"""Requests to stop and to resume (停复工)."""

from marshmallow import fields

from services.enterprise.contract import permissions
from services.enterprise.contract.kinds import EnterpriseArgs, Id, choice, ids, text
from services.enterprise.contract.review import Decide
from services.kernel.contract import Operation, PageArgs, Schema, page_of

KINDS = ["stop", "resume"]
STOP_KINDS = ["seasonal", "maintenance", "market", "ordered", "accident", "holiday"]
STATUSES = ["draft", "pending", "approved", "rejected", "cancelled"]


class RequestSuspension(EnterpriseArgs):
    """What is missing is refused at submission; ``id`` is the client's."""

    id = Id(load_default=None, allow_none=True, metadata={"label": "申请编号"})
    kind = choice("申请类别", KINDS, required=True)
    stop_kind = choice("停产类型", STOP_KINDS, load_default=None, allow_none=True)
    reason = text("原因", 1000, load_default=None, allow_none=True)
    from_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "起始日期"})
    expected_to_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "预计截止日期"})
    duty_arrangement = text("值班安排", 2000, load_default=None, allow_none=True)
    are_dangers_sealed = fields.Boolean(load_default=False, metadata={"label": "危险源已封存确认"})
    self_check_report = ids("复工自查报告", load_default=list)
    attachments = ids("附件", load_default=list)


class SuspensionArgs(Schema):
    suspension_id = Id(required=True, metadata={"label": "申请编号"})


class SuspensionChangeArgs(SuspensionArgs):
    version = fields.Integer(load_default=None, allow_none=True, metadata={"label": "版本"})


class ReviewSuspension(SuspensionChangeArgs, Decide):
    acceptance_record = ids("现场验收记录", load_default=list)
    accepted_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "验收日期"})


class SuspensionListArgs(PageArgs):
    enterprise_id = Id(load_default=None, allow_none=True, metadata={"label": "企业编号"})
    kind = choice("申请类别", KINDS, load_default=None, allow_none=True)
    status = choice("状态", STATUSES, load_default=None, allow_none=True)


class SuspensionState(Schema):
    id = Id(metadata={"label": "申请编号"})
    enterprise_id = Id(metadata={"label": "企业编号"})
    enterprise_name = fields.String(metadata={"label": "企业名称"})
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本"})
    kind = fields.String(metadata={"label": "申请类别"})
    stop_kind = fields.String(allow_none=True, metadata={"label": "停产类型"})
    status = fields.String(metadata={"label": "状态"})
    reason = fields.String(allow_none=True, metadata={"label": "原因"})
    from_on = fields.Date(allow_none=True, metadata={"label": "起始日期"})
    expected_to_on = fields.Date(allow_none=True, metadata={"label": "预计截止日期"})
    duty_arrangement = fields.String(allow_none=True, metadata={"label": "值班安排"})
    are_dangers_sealed = fields.Boolean(metadata={"label": "危险源已封存确认"})
    self_check_report = fields.List(Id(), metadata={"label": "复工自查报告"})
    attachments = fields.List(Id(), metadata={"label": "附件"})
    acceptance_record = fields.List(Id(), metadata={"label": "现场验收记录"})
    accepted_on = fields.Date(allow_none=True, metadata={"label": "验收日期"})
    is_acceptance_late = fields.Boolean(metadata={"label": "验收是否超期"})
    authority_region = fields.String(allow_none=True, metadata={"label": "审核机关所在地区"})
    authority_sector = fields.String(allow_none=True, metadata={"label": "审核机关类别"})
    submitted_at = fields.DateTime(allow_none=True, metadata={"label": "提交时间"})
    decided_at = fields.DateTime(allow_none=True, metadata={"label": "审核时间"})
    decided_by_name = fields.String(allow_none=True, metadata={"label": "审核人"})
    opinion = fields.String(allow_none=True, metadata={"label": "审核意见"})


REQUEST_SUSPENSION = Operation(
    "request_suspension", "POST /enterprises/{enterprise_id}/suspensions", permissions.REQUEST_SUSPENSION, RequestSuspension,
    SuspensionState, "填写停工复工申请", status=201,
)  # fmt: skip
SUBMIT_SUSPENSION = Operation(
    "submit_suspension", "POST /suspensions/{suspension_id}/submission", permissions.REQUEST_SUSPENSION, SuspensionChangeArgs,
    SuspensionState, "提交停工复工申请",
)  # fmt: skip
WITHDRAW_SUSPENSION = Operation(
    "withdraw_suspension", "POST /suspensions/{suspension_id}/withdrawal", permissions.REQUEST_SUSPENSION, SuspensionChangeArgs,
    SuspensionState, "撤回停工复工申请",
)  # fmt: skip
REVIEW_SUSPENSION = Operation(
    "review_suspension", "POST /suspensions/{suspension_id}/review", permissions.REVIEW_SUSPENSION, ReviewSuspension,
    SuspensionState, "审核停工复工申请",
)  # fmt: skip
SHOW_SUSPENSION = Operation(
    "show_suspension", "GET /suspensions/{suspension_id}", permissions.READ, SuspensionArgs, SuspensionState, "停工复工申请详情"
)
LIST_SUSPENSIONS = Operation(
    "list_suspensions",
    "GET /suspensions",
    permissions.READ,
    SuspensionListArgs,
    page_of(SuspensionState),
    "停工复工申请列表",
    is_list=True,
)
OPERATIONS = [REQUEST_SUSPENSION, SUBMIT_SUSPENSION, WITHDRAW_SUSPENSION, REVIEW_SUSPENSION, SHOW_SUSPENSION, LIST_SUSPENSIONS]
