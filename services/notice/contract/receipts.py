"""Receipts (通知接收与办理): one for each receiver of a notice, from reading to closing."""

from marshmallow import fields

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
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
)
from services.language.schema import Schema, SearchArgs, page_of
from services.notice.contract.notices import NoticeArgs, NoticeDetail
from services.notice.contract.permissions import NOTICES_READ, RECEIPTS_CLOSE, RECEIPTS_HANDLE, RECEIPTS_READ
from services.notice.contract.vocabulary import NOTICE_KINDS, RECEIPT_STATUSES, RECEIVER_KINDS


class ReceiptArgs(Schema):
    receipt_id = identifier("回执编号", required=True)


class ReceiptChangeArgs(ReceiptArgs):
    version = version()


class RegisterReceipt(ReceiptChangeArgs):
    handler = text("办理人", 50, required=True)
    handling_opinion = optional_text("拟办意见", 2000)
    handling_due_on = optional_day("办理期限")


class ReplyReceipt(ReceiptChangeArgs):
    """A text, files, or both."""

    reply = text("反馈内容", 5000, 0, load_default="")
    reply_files = files("反馈附件", 30, load_default=list)


class CloseReceipt(ReceiptChangeArgs):
    closing_opinion = optional_text("办结意见", 1000)


class ReceiptListArgs(SearchArgs, NoticeArgs):
    """``status=unread`` is the list of those who have never read it."""

    receiver_kind = optional_one_of(RECEIVER_KINDS, "接收单位类别")
    status = optional_one_of(RECEIPT_STATUSES, "状态")
    is_late = flag("是否逾期反馈", **OPTIONAL)
    is_overdue = flag("是否逾期未反馈", **OPTIONAL)


class ReceivedListArgs(SearchArgs):
    """``sort=unread``: what nobody has signed for comes first."""

    sort = optional_one_of({"unread": "未读优先"}, "排序")
    kind = optional_one_of(NOTICE_KINDS, "类别")
    status = optional_one_of(RECEIPT_STATUSES, "状态")
    is_overdue = flag("是否逾期未反馈", **OPTIONAL)


class ReceiptItem(Schema):
    """One receiver and how far he is; ``is_overdue``: the deadline has passed without an answer (it blocks nothing)."""

    id = identifier("回执编号")
    notice_id = identifier("通知编号")
    receiver_kind = one_of(RECEIVER_KINDS, "接收单位类别")
    enterprise_id = identifier("企业编号", allow_none=True)
    department_id = identifier("部门编号", allow_none=True)
    receiver_name = shown("接收单位")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")
    status = one_of(RECEIPT_STATUSES, "状态")
    needs_handling = flag("需登记办理")
    feedback_due_at = moment("反馈截止时间", allow_none=True)
    received_at = moment("送达时间")
    read_at = moment("阅读时间", allow_none=True)
    read_by_name = shown("阅读人", allow_none=True)
    handler = shown("办理人", allow_none=True)
    handling_opinion = shown("拟办意见", allow_none=True)
    handling_due_on = day("办理期限", allow_none=True)
    registered_at = moment("登记时间", allow_none=True)
    registered_by_name = shown("登记人", allow_none=True)
    reply = shown("反馈内容", allow_none=True)
    reply_files = fields.List(Identifier(), metadata={"label": "反馈附件"})
    replied_at = moment("反馈时间", allow_none=True)
    replied_by_name = shown("反馈人", allow_none=True)
    is_late = flag("是否逾期反馈")
    is_overdue = flag("是否逾期未反馈")
    closed_at = moment("办结时间", allow_none=True)
    closed_by_name = shown("办结人", allow_none=True)
    closing_opinion = shown("办结意见", allow_none=True)


class ReceivedItem(Schema):
    """A notice as it stands in its receiver's inbox; ``id`` is the receipt's."""

    id = identifier("回执编号")
    notice_id = identifier("通知编号")
    title = shown("标题")
    kind = one_of(NOTICE_KINDS, "类别")
    department_name = shown("发布部门", allow_none=True)
    receiver_kind = one_of(RECEIVER_KINDS, "接收单位类别")
    enterprise_id = identifier("企业编号", allow_none=True)
    department_id = identifier("部门编号", allow_none=True)
    version = number_of("版本号")
    status = one_of(RECEIPT_STATUSES, "状态")
    received_at = moment("送达时间")
    read_at = moment("阅读时间", allow_none=True)
    replied_at = moment("反馈时间", allow_none=True)
    needs_handling = flag("需登记办理")
    feedback_due_at = moment("反馈截止时间", allow_none=True)
    is_late = flag("是否逾期反馈")
    is_overdue = flag("是否逾期未反馈")


class ReceiptDetail(ReceiptItem):
    notice = fields.Nested(NoticeDetail, metadata={"label": "通知"})


class ReceiptCounts(Schema):
    """Receipts of one notice within the caller's scope: all of them, each state, and how many came late or are overdue."""

    sent = number_of("送达")
    unread = number_of("未读")
    read = number_of("已读")
    registered = number_of("已登记办理")
    replied = number_of("已反馈")
    done = number_of("已办结")
    late = number_of("逾期反馈")
    overdue = number_of("逾期未反馈")


LIST_RECEIPTS = Operation(
    "list_receipts", "GET /notices/{notice_id}/receipts", RECEIPTS_READ.code, ReceiptListArgs, page_of(ReceiptItem), "通知接收情况",
    is_list=True,
)  # fmt: skip
COUNT_RECEIPTS = Operation(
    "count_receipts", "GET /notices/{notice_id}/receipts/counts", RECEIPTS_READ.code, NoticeArgs, ReceiptCounts, "通知接收统计"
)
LIST_RECEIVED = Operation(
    "list_received_notices", "GET /notices/received", NOTICES_READ.code, ReceivedListArgs, page_of(ReceivedItem), "收到的通知",
    is_list=True,
)  # fmt: skip
SHOW_RECEIPT = Operation(
    "show_receipt", "GET /notice-receipts/{receipt_id}", NOTICES_READ.code, ReceiptArgs, ReceiptDetail, "通知回执详情"
)
READ_NOTICE = Operation(
    "read_notice", "POST /notice-receipts/{receipt_id}/reading", RECEIPTS_HANDLE.code, ReceiptChangeArgs, ReceiptItem, "签收通知"
)
REGISTER_RECEIPT = Operation(
    "register_receipt", "POST /notice-receipts/{receipt_id}/handling", RECEIPTS_HANDLE.code, RegisterReceipt, ReceiptItem,
    "登记办理通知",
)  # fmt: skip
REPLY_RECEIPT = Operation(
    "reply_receipt", "POST /notice-receipts/{receipt_id}/reply", RECEIPTS_HANDLE.code, ReplyReceipt, ReceiptItem, "反馈通知"
)
CLOSE_RECEIPT = Operation(
    "close_receipt", "POST /notice-receipts/{receipt_id}/closing", RECEIPTS_CLOSE.code, CloseReceipt, ReceiptItem, "办结通知反馈"
)
OPERATIONS = [
    LIST_RECEIPTS,
    COUNT_RECEIPTS,
    LIST_RECEIVED,
    SHOW_RECEIPT,
    READ_NOTICE,
    REGISTER_RECEIPT,
    REPLY_RECEIPT,
    CLOSE_RECEIPT,
]
