"""What this service announces.

A receipt is announced with every step of its receiver or publisher, and once when its feedback deadline passes without
an answer; that it was made is told by its notice's publication alone, for one notice may have 300,000 of them.
"""

from marshmallow import fields

from services.kernel.contract import EventType, Schema
from services.notice.contract.parts import Identifier


class NoticeState(Schema):
    """The public state of a notice; it belongs to an authority, so that it has no enterprise and no industry."""

    id = Identifier(metadata={"label": "通知编号"})
    enterprise_id = Identifier(allow_none=True, metadata={"label": "企业编号"})
    region = fields.String(metadata={"label": "发布机关所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本号"})
    title = fields.String(metadata={"label": "标题"})
    kind = fields.String(metadata={"label": "类别"})
    status = fields.String(metadata={"label": "状态"})
    department_id = Identifier(allow_none=True, metadata={"label": "发布部门编号"})
    published_at = fields.AwareDateTime(allow_none=True, metadata={"label": "发布时间"})
    feedback_due_at = fields.AwareDateTime(allow_none=True, metadata={"label": "反馈截止时间"})
    expires_on = fields.Date(allow_none=True, metadata={"label": "有效期至"})


class Withdrawal(Schema):
    reason = fields.String(metadata={"label": "撤回原因"})


class ReceiptState(Schema):
    """``receiver`` is the id of the enterprise or department; ``is_late`` and ``is_overdue`` count in the appraisal."""

    id = Identifier(metadata={"label": "回执编号"})
    enterprise_id = Identifier(allow_none=True, metadata={"label": "企业编号"})
    region = fields.String(metadata={"label": "所在地区"})
    industry = fields.String(allow_none=True, metadata={"label": "行业类别"})
    version = fields.Integer(metadata={"label": "版本号"})
    notice_id = Identifier(metadata={"label": "通知编号"})
    receiver_kind = fields.String(metadata={"label": "接收单位类别"})
    receiver = Identifier(metadata={"label": "接收单位编号"})
    status = fields.String(metadata={"label": "状态"})
    feedback_due_at = fields.AwareDateTime(allow_none=True, metadata={"label": "反馈截止时间"})
    read_at = fields.AwareDateTime(allow_none=True, metadata={"label": "阅读时间"})
    replied_at = fields.AwareDateTime(allow_none=True, metadata={"label": "反馈时间"})
    is_late = fields.Boolean(metadata={"label": "是否逾期反馈"})
    is_overdue = fields.Boolean(metadata={"label": "是否逾期未反馈"})


class ReceiptStep(Schema):
    """read, register, reply, close, or overdue."""

    step = fields.String(metadata={"label": "事项"})


NOTICE_PUBLISHED = EventType("notice", "notice.published.v1", NoticeState)
NOTICE_WITHDRAWN = EventType("notice", "notice.withdrawn.v1", NoticeState, Withdrawal)
NOTICE_RECEIPT_CHANGED = EventType("notice", "notice_receipt.changed.v1", ReceiptState, ReceiptStep)
EVENTS = [NOTICE_PUBLISHED, NOTICE_WITHDRAWN, NOTICE_RECEIPT_CHANGED]
