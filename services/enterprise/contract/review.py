"""Deciding on registrations, and what authorities do to an enterprise as a whole: delete, restore, close."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions
from services.enterprise.contract.events import EnterpriseState
from services.enterprise.contract.kinds import REGION, EnterpriseChangeArgs, EnterprisePageArgs, Id, choice, ids, text
from services.kernel.contract import Operation, PageArgs, Schema, page_of

DECISIONS = ["approve", "reject"]
SECTORS = ["emergency", "housing"]


class Decide(Schema):
    """A decision; a rejection needs its reason."""

    decision = choice("审核结论", DECISIONS, required=True)
    opinion = text("审核意见", 1000, load_default=None, allow_none=True)


class ReviewEnterprise(EnterpriseChangeArgs, Decide):
    pass


class TransferReview(EnterpriseChangeArgs):
    authority_region = fields.String(required=True, validate=REGION, metadata={"label": "接收机关所在地区"})
    authority_sector = choice("接收机关类别", SECTORS, required=True)
    reason = text("移交原因", 1000, required=True)


class GiveReason(EnterpriseChangeArgs):
    reason = text("原因", 1000, required=True)


class RemoveEnterprise(GiveReason):
    """The one who removes vouches that no case and no major hazard is open."""

    has_no_open_matters = fields.Boolean(
        required=True,
        validate=validate.Equal(True, error="须先核实无在办案件和未销号的重大隐患"),
        metadata={"label": "已核实无未结事项"},
    )


class CloseEnterprise(RemoveEnterprise):
    attachments = ids("注销证明", required=True)


class ReviewListArgs(PageArgs):
    is_late = fields.Boolean(load_default=None, allow_none=True, metadata={"label": "是否超期"})
    is_mine = fields.Boolean(load_default=False, metadata={"label": "只看本机关办理"})


class ReviewItem(Schema):
    id = Id(metadata={"label": "企业编号"})
    name = fields.String(metadata={"label": "企业名称"})
    unified_credit_code = fields.String(metadata={"label": "统一社会信用代码"})
    enterprise_type = fields.String(metadata={"label": "企业类型"})
    region = fields.String(metadata={"label": "生产经营所在地区"})
    industry = fields.String(metadata={"label": "行业类别"})
    round = fields.Integer(metadata={"label": "审核轮次"})
    submitted_at = fields.DateTime(metadata={"label": "提交时间"})
    review_due_on = fields.Date(metadata={"label": "审核期限"})
    is_late = fields.Boolean(metadata={"label": "是否超期"})
    authority_region = fields.String(metadata={"label": "审核机关所在地区"})
    authority_sector = fields.String(metadata={"label": "审核机关类别"})
    may_decide = fields.Boolean(metadata={"label": "可否审核"})
    version = fields.Integer(metadata={"label": "版本"})


class HistoryItem(Schema):
    """One step of the review: submitted, transferred, approved, rejected, withdrawn, deleted …"""

    id = Id(metadata={"label": "编号"})
    at = fields.DateTime(metadata={"label": "时间"})
    event = fields.String(metadata={"label": "事项"})
    from_status = fields.String(metadata={"label": "原状态"})
    to_status = fields.String(metadata={"label": "新状态"})
    round = fields.Integer(metadata={"label": "轮次"})
    by_name = fields.String(metadata={"label": "经办人"})
    reason = fields.String(allow_none=True, metadata={"label": "意见或原因"})
    authority_region = fields.String(allow_none=True, metadata={"label": "审核机关所在地区"})
    authority_sector = fields.String(allow_none=True, metadata={"label": "审核机关类别"})
    attachments = fields.List(Id(), metadata={"label": "附件"})


class RejectedItem(Schema):
    id = Id(metadata={"label": "企业编号"})
    name = fields.String(metadata={"label": "企业名称"})
    unified_credit_code = fields.String(metadata={"label": "统一社会信用代码"})
    region = fields.String(metadata={"label": "生产经营所在地区"})
    industry = fields.String(metadata={"label": "行业类别"})
    round = fields.Integer(metadata={"label": "审核轮次"})
    decided_at = fields.DateTime(metadata={"label": "审核时间"})
    decided_by_name = fields.String(metadata={"label": "审核人"})
    opinion = fields.String(metadata={"label": "审核意见"})


class DeletedItem(Schema):
    id = Id(metadata={"label": "企业编号"})
    name = fields.String(metadata={"label": "企业名称"})
    unified_credit_code = fields.String(allow_none=True, metadata={"label": "统一社会信用代码"})
    region = fields.String(metadata={"label": "生产经营所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    status_before = fields.String(metadata={"label": "删除前状态"})
    decided_at = fields.DateTime(metadata={"label": "删除时间"})
    decided_by_name = fields.String(metadata={"label": "经办人"})
    opinion = fields.String(metadata={"label": "删除原因"})
    restorable_until = fields.Date(allow_none=True, metadata={"label": "可恢复至"})


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
LIST_REJECTED = _list("list_rejected_enterprises", "rejected", permissions.REVIEW, PageArgs, RejectedItem, "审核不通过的企业")
LIST_DELETED = _list("list_deleted_enterprises", "deleted", permissions.REMOVE, PageArgs, DeletedItem, "已删除的企业")
LIST_HISTORY = _list(
    "list_enterprise_history", "{enterprise_id}/history", permissions.READ, EnterprisePageArgs, HistoryItem, "企业审核与状态历史"
)
OPERATIONS = [
    LIST_REVIEWS, REVIEW_ENTERPRISE, TRANSFER_REVIEW, DELETE_ENTERPRISE, RESTORE_ENTERPRISE, CLOSE_ENTERPRISE, LIST_REJECTED,
    LIST_DELETED, LIST_HISTORY,
]  # fmt: skip
