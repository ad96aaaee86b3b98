"""Requests to stop and to resume (停复工)."""

from marshmallow import fields

from services.enterprise.contract import permissions, vocabulary
from services.enterprise.contract.kinds import EnterpriseArgs
from services.enterprise.contract.review import Decide
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    Identifier,
    day,
    files,
    flag,
    identifier,
    moment,
    number_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    shown,
    text,
    version,
    word,
)
from services.language.schema import Schema, SearchArgs, page_of


class SuspensionContent(Schema):
    """What is missing is refused at submission."""

    kind = one_of(vocabulary.SUSPENSIONS, "申请类别", required=True)
    stop_kind = optional_one_of(vocabulary.STOP_KINDS, "停产类型")
    reason = text("原因", 1000, **OPTIONAL)
    from_on = optional_day("起始日期")
    expected_to_on = optional_day("预计截止日期")
    duty_arrangement = text("值班安排", 2000, **OPTIONAL)
    are_dangers_sealed = flag("危险源已封存确认", load_default=False)
    self_check_report = files("复工自查报告", 30, load_default=list)
    attachments = files("附件", 30, load_default=list)


class RequestSuspension(EnterpriseArgs, SuspensionContent):
    """A draft; ``id`` is the client's."""

    id = optional_identifier("申请编号")


class SuspensionArgs(Schema):
    suspension_id = identifier("申请编号", required=True)


class SuspensionChangeArgs(SuspensionArgs):
    version = version()


class EditSuspension(SuspensionChangeArgs, SuspensionContent):
    pass


class ReviewSuspension(SuspensionChangeArgs, Decide):
    acceptance_record = files("现场验收记录", 30, load_default=list)
    accepted_on = optional_day("验收日期")


class SuspensionListArgs(SearchArgs):
    enterprise_id = optional_identifier("企业编号")
    kind = optional_one_of(vocabulary.SUSPENSIONS, "申请类别")
    status = optional_one_of(vocabulary.SUSPENSION_STATUSES, "状态")


class SuspensionState(Schema):
    id = identifier("申请编号")
    enterprise_id = identifier("企业编号")
    enterprise_name = shown("企业名称")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    kind = word(vocabulary.SUSPENSIONS, "申请类别")
    stop_kind = word(vocabulary.STOP_KINDS, "停产类型", allow_none=True)
    status = word(vocabulary.SUSPENSION_STATUSES, "状态")
    reason = shown("原因", allow_none=True)
    from_on = day("起始日期", allow_none=True)
    expected_to_on = day("预计截止日期", allow_none=True)
    duty_arrangement = shown("值班安排", allow_none=True)
    are_dangers_sealed = flag("危险源已封存确认")
    self_check_report = fields.List(Identifier(), metadata={"label": "复工自查报告"})
    attachments = fields.List(Identifier(), metadata={"label": "附件"})
    acceptance_record = fields.List(Identifier(), metadata={"label": "现场验收记录"})
    accepted_on = day("验收日期", allow_none=True)
    is_acceptance_late = flag("验收是否超期")
    authority_region = shown("审核机关所在地区", allow_none=True)
    authority_sector = word(vocabulary.SECTORS, "审核机关类别", allow_none=True)
    submitted_at = moment("提交时间", allow_none=True)
    decided_at = moment("审核时间", allow_none=True)
    decided_by_name = shown("审核人", allow_none=True)
    opinion = shown("审核意见", allow_none=True)
    may_decide = flag("可否审核")
    review_due_on = day("审核期限", allow_none=True)
    needs_acceptance = flag("复工前须现场验收")


REQUEST_SUSPENSION = Operation(
    "request_suspension", "POST /enterprises/{enterprise_id}/suspensions", permissions.REQUEST_SUSPENSION, RequestSuspension,
    SuspensionState, "填写停工复工申请", status=201,
)  # fmt: skip
EDIT_SUSPENSION = Operation(
    "edit_suspension", "PUT /suspensions/{suspension_id}", permissions.REQUEST_SUSPENSION, EditSuspension, SuspensionState,
    "修改停工复工申请草稿",
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
OPERATIONS = [
    REQUEST_SUSPENSION,
    EDIT_SUSPENSION,
    SUBMIT_SUSPENSION,
    WITHDRAW_SUSPENSION,
    REVIEW_SUSPENSION,
    SHOW_SUSPENSION,
    LIST_SUSPENSIONS,
]
