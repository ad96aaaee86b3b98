"""What this service announces.

A receipt is announced with every step of its receiver or publisher, and once when its feedback deadline passes without
an answer; that it was made is told by its notice's publication alone, for one notice may have 300,000 of them.
"""

from services.kernel.contract import EventType
from services.language.fields import day, flag, identifier, moment, number_of, shown
from services.language.schema import Schema


class NoticeState(Schema):
    """The public state of a notice; it belongs to an authority, so that it has no enterprise and no industry."""

    id = identifier("通知编号")
    enterprise_id = identifier("企业编号", allow_none=True)
    region = shown("发布机关所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    title = shown("标题")
    kind = shown("类别")
    status = shown("状态")
    department_id = identifier("发布部门编号", allow_none=True)
    published_at = moment("发布时间", allow_none=True)
    feedback_due_at = moment("反馈截止时间", allow_none=True)
    expires_on = day("有效期至", allow_none=True)


class Withdrawal(Schema):
    reason = shown("撤回原因")


class ReceiptState(Schema):
    """``receiver`` is the id of the enterprise or department; ``is_late`` and ``is_overdue`` count in the appraisal."""

    id = identifier("回执编号")
    enterprise_id = identifier("企业编号", allow_none=True)
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    notice_id = identifier("通知编号")
    receiver_kind = shown("接收单位类别")
    receiver = identifier("接收单位编号")
    status = shown("状态")
    feedback_due_at = moment("反馈截止时间", allow_none=True)
    read_at = moment("阅读时间", allow_none=True)
    replied_at = moment("反馈时间", allow_none=True)
    is_late = flag("是否逾期反馈")
    is_overdue = flag("是否逾期未反馈")


class ReceiptStep(Schema):
    """read, register, reply, close, or overdue."""

    step = shown("事项")


NOTICE_PUBLISHED = EventType("notice", "notice.published.v1", NoticeState)
NOTICE_WITHDRAWN = EventType("notice", "notice.withdrawn.v1", NoticeState, Withdrawal)
NOTICE_RECEIPT_CHANGED = EventType("notice", "notice_receipt.changed.v1", ReceiptState, ReceiptStep)
EVENTS = [NOTICE_PUBLISHED, NOTICE_WITHDRAWN, NOTICE_RECEIPT_CHANGED]
