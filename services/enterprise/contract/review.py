"""Deciding on registrations, and what authorities do to an enterprise as a whole: delete, restore, close."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions, vocabulary
from services.enterprise.contract.events import EnterpriseState
from services.enterprise.contract.kinds import EnterpriseChangeArgs, EnterprisePageArgs
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
    region,
    shown,
    text,
    word,
)
from services.language.schema import Schema, SearchArgs, page_of

DECISIONS = ["approve", "reject"]


class Decide(Schema):
    """A decision; a rejection needs its reason."""

    decision = one_of(DECISIONS, "审核结论", required=True)
    opinion = text("审核意见", 1000, **OPTIONAL)


class ReviewEnterprise(EnterpriseChangeArgs, Decide):
    pass


class TransferReview(EnterpriseChangeArgs):
    authority_region = region("接收机关所在地区", required=True)
    authority_sector = one_of(vocabulary.SECTORS, "接收机关类别", required=True)
    reason = text("移交原因", 1000, required=True)


class GiveReason(EnterpriseChangeArgs):
    reason = text("原因", 1000, required=True)


class RemoveEnterprise(GiveReason):
    """The one who removes vouches that no case and no major hazard is open."""

    has_no_open_matters = flag(
        "已核实无未结事项", required=True, validate=validate.Equal(True, error="须先核实无在办案件和未销号的重大隐患")
    )


class CloseEnterprise(RemoveEnterprise):
    attachments = files("注销证明", 30, required=True)


class ReviewListArgs(SearchArgs):
    is_late = flag("是否超期", **OPTIONAL)
    is_mine = flag("只看本机关办理", load_default=False)


class ReviewItem(Schema):
    id = identifier("企业编号")
    name = shown("企业名称")
    unified_credit_code = shown("统一社会信用代码")
    enterprise_type = shown("企业类型")
    region = shown("生产经营所在地区")
    industry = shown("行业类别")
    round = number_of("审核轮次")
    submitted_at = moment("提交时间")
    review_due_on = day("审核期限")
    is_late = flag("是否超期")
    authority_region = shown("审核机关所在地区")
    authority_sector = word(vocabulary.SECTORS, "审核机关类别")
    may_decide = flag("可否审核")
    version = number_of("版本号")


class HistoryItem(Schema):
    """One step of the review: submitted, transferred, approved, rejected, withdrawn, deleted …"""

    id = identifier("编号")
    at = moment("时间")
    event = word(vocabulary.EVENTS, "事项")
    from_status = word(vocabulary.STATUSES, "原状态")
    to_status = word(vocabulary.STATUSES, "新状态")
    round = number_of("轮次")
    by_name = shown("经办人")
    reason = shown("意见或原因", allow_none=True)
    authority_region = shown("审核机关所在地区", allow_none=True)
    authority_sector = word(vocabulary.SECTORS, "审核机关类别", allow_none=True)
    attachments = fields.List(Identifier(), metadata={"label": "附件"})


class RejectedItem(Schema):
    id = identifier("企业编号")
    name = shown("企业名称")
    unified_credit_code = shown("统一社会信用代码")
    region = shown("生产经营所在地区")
    industry = shown("行业类别")
    round = number_of("审核轮次")
    decided_at = moment("审核时间")
    decided_by_name = shown("审核人")
    opinion = shown("审核意见")


class DeletedItem(Schema):
    id = identifier("企业编号")
    name = shown("企业名称")
    unified_credit_code = shown("统一社会信用代码", allow_none=True)
    region = shown("生产经营所在地区")
    industry = shown("行业类别", allow_none=True)
    status_before = word(vocabulary.STATUSES, "删除前状态")
    decided_at = moment("删除时间")
    decided_by_name = shown("经办人")
    opinion = shown("删除原因")
    restorable_until = day("可恢复至", allow_none=True)


def _command(name: str, route: str, permission: str, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /enterprises/{{enterprise_id}}/{route}", permission, args, EnterpriseState, summary)


def _list(name: str, route: str, permission: str, args: type[Schema], item: type[Schema], summary: str) -> Operation:
    return Operation(name, f"GET /enterprises/{route}", permission, args, page_of(item), summary, is_list=True)


LIST_REVIEWS = _list("list_reviews", "reviews", permissions.REVIEW, ReviewListArgs, ReviewItem, "待审核的企业")
REVIEW_ENTERPRISE = _command("review_enterprise", "review", permissions.REVIEW, ReviewEnterprise, "审核企业注册申报")
TRANSFER_REVIEW = _command("transfer_review", "transfer", permissions.REVIEW, TransferReview, "移交审核机关")
DELETE_ENTERPRISE = _command("delete_enterprise", "deletion", permissions.REMOVE, RemoveEnterprise, "删除企业")
RESTORE_ENTERPRISE = _command("restore_enterprise", "restoration", permissions.REMOVE, GiveReason, "恢复已删除的企业")
CLOSE_ENTERPRISE = _command("close_enterprise", "closing", permissions.CLOSE, CloseEnterprise, "注销企业")
LIST_REJECTED = _list("list_rejected_enterprises", "rejected", permissions.REVIEW, SearchArgs, RejectedItem, "审核不通过的企业")
LIST_DELETED = _list("list_deleted_enterprises", "deleted", permissions.REMOVE, SearchArgs, DeletedItem, "已删除的企业")
LIST_HISTORY = _list(
    "list_enterprise_history", "{enterprise_id}/history", permissions.READ, EnterprisePageArgs, HistoryItem, "企业审核与状态历史"
)
OPERATIONS = [
    LIST_REVIEWS, REVIEW_ENTERPRISE, TRANSFER_REVIEW, DELETE_ENTERPRISE, RESTORE_ENTERPRISE, CLOSE_ENTERPRISE, LIST_REJECTED,
    LIST_DELETED, LIST_HISTORY,
]  # fmt: skip
