"""Notices (通知公告, 督办通知): writing, approval, publication, withdrawal."""

from marshmallow import fields

from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation, Permission
from services.language.fields import (
    OPTIONAL,
    Identifier,
    day,
    files,
    flag,
    identifier,
    list_of,
    moment,
    number_of,
    one_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    optional_text,
    region,
    shown,
    text,
    version,
    whole,
)
from services.language.schema import Schema, SearchArgs, page_of
from services.notice.contract.permissions import NOTICES_APPROVE, NOTICES_PUBLISH, NOTICES_READ, NOTICES_WRITE
from services.notice.contract.vocabulary import DECISIONS, GRADES, NOTICE_KINDS, NOTICE_STATUSES


class Receivers(Schema):
    """Whom it is for: running enterprises of some places (of some industries, of some grades), named ones, departments.

    Never more than the publisher's own scope holds.  An empty list of industries or grades restricts nothing.
    """

    regions = list_of(region("行政区划"), "接收地区", 200, load_default=list)
    industries = list_of(text("行业", 12), "接收行业", 100, load_default=list)
    grades = list_of(one_of(GRADES, "企业分级"), "接收企业分级", 4, load_default=list)
    includes_suspended = flag("含停产企业", load_default=False)
    enterprise_ids = list_of(Identifier(), "指定企业", 2000, load_default=list)
    department_ids = list_of(Identifier(), "接收部门", 2000, load_default=list)


class NoticeFields(Schema):
    """What is missing is refused at submission.  A supervision notice (督办) always needs a feedback deadline."""

    title = text("标题", 200, required=True)
    kind = one_of(NOTICE_KINDS, "类别", required=True)
    body = text("正文", 20000, 0, load_default="")
    receivers = fields.Nested(Receivers, load_default=lambda: dict(Receivers().load({})), metadata={"label": "接收范围"})
    needs_handling = flag("需登记办理", load_default=False)
    feedback_due_at = moment("反馈截止时间", **OPTIONAL)
    expires_on = optional_day("有效期至")
    attachments = files("附件", 30, load_default=list)
    is_public = flag("对外公开", load_default=False)


class DraftNotice(NoticeFields):
    id = optional_identifier("通知编号")


class NoticeArgs(Schema):
    notice_id = identifier("通知编号", required=True)


class NoticeChangeArgs(NoticeArgs):
    version = version()


class EditNotice(NoticeChangeArgs, NoticeFields):
    pass


class ReviewNotice(NoticeChangeArgs):
    """A return needs its reason."""

    decision = one_of(DECISIONS, "审核结论", required=True)
    opinion = optional_text("审核意见", 1000)


class WithdrawNotice(NoticeChangeArgs):
    reason = text("撤回原因", 1000, required=True)


class NoticeListArgs(SearchArgs):
    kind = optional_one_of(NOTICE_KINDS, "类别")
    status = optional_one_of(NOTICE_STATUSES, "状态")
    is_mine = flag("只看本人起草", load_default=False)


class NoticeItem(Schema):
    id = identifier("通知编号")
    region = shown("发布机关所在地区")
    version = number_of("版本号")
    title = shown("标题")
    kind = one_of(NOTICE_KINDS, "类别")
    status = one_of(NOTICE_STATUSES, "状态")
    department_id = identifier("发布部门编号", allow_none=True)
    department_name = shown("发布部门", allow_none=True)
    author_name = shown("起草人")
    drafted_at = moment("起草时间")
    published_at = moment("发布时间", allow_none=True)
    needs_handling = flag("需登记办理")
    feedback_due_at = moment("反馈截止时间", allow_none=True)
    expires_on = day("有效期至", allow_none=True)
    is_public = flag("对外公开")


class NoticeDetail(NoticeItem):
    """The whole notice; whoever only receives it does not see to whom else it went and how it was decided."""

    body = shown("正文")
    attachments = fields.List(Identifier(), metadata={"label": "附件"})
    receivers = fields.Nested(Receivers, allow_none=True, metadata={"label": "接收范围"})
    receiver_count = number_of("接收单位数", allow_none=True)
    is_distributed = flag("是否已全部送达", allow_none=True)
    submitted_at = moment("提交时间", allow_none=True)
    decided_by_name = shown("审核人", allow_none=True)
    decided_at = moment("审核时间", allow_none=True)
    opinion = shown("审核意见", allow_none=True)
    withdrawn_at = moment("撤回时间", allow_none=True)
    withdrawal_reason = shown("撤回原因", allow_none=True)


class ListPublicNotices(Schema):
    """The cursor is the last notice shown."""

    limit = whole("每页条数", 1, 50, load_default=20)
    cursor = optional_identifier("页标")


class PublicNotice(Schema):
    id = identifier("通知编号")
    title = shown("标题")
    kind = one_of(NOTICE_KINDS, "类别")
    department_name = shown("发布部门", allow_none=True)
    published_at = moment("发布时间")


class PublicNotices(Schema):
    items = fields.List(fields.Nested(PublicNotice))
    next_cursor = identifier("下一页页标", allow_none=True)


class PublicNoticeText(PublicNotice):
    """What it says, without its files: those are for the receivers."""

    body = shown("正文")


def _command(name: str, route: str, permission: Permission, args: type[Schema], summary: str) -> Operation:
    return Operation(name, f"POST /notices/{{notice_id}}/{route}", permission.code, args, NoticeDetail, summary)


LIST_NOTICES = Operation(
    "list_notices", "GET /notices", NOTICES_READ.code, NoticeListArgs, page_of(NoticeItem), "通知公告列表", is_list=True
)
SHOW_NOTICE = Operation("show_notice", "GET /notices/{notice_id}", NOTICES_READ.code, NoticeArgs, NoticeDetail, "通知公告详情")
DRAFT_NOTICE = Operation("draft_notice", "POST /notices", NOTICES_WRITE.code, DraftNotice, NoticeDetail, "起草通知", status=201)
EDIT_NOTICE = Operation("edit_notice", "PUT /notices/{notice_id}", NOTICES_WRITE.code, EditNotice, NoticeDetail, "修改通知草稿")
SUBMIT_NOTICE = _command("submit_notice", "submission", NOTICES_WRITE, NoticeChangeArgs, "提交通知审核")
REVIEW_NOTICE = _command("review_notice", "review", NOTICES_APPROVE, ReviewNotice, "审核通知")
PUBLISH_NOTICE = _command("publish_notice", "publication", NOTICES_PUBLISH, NoticeChangeArgs, "直接发布通知")
WITHDRAW_NOTICE = _command("withdraw_notice", "withdrawal", NOTICES_WRITE, WithdrawNotice, "撤回通知")
LIST_PUBLIC = Operation(
    "list_public_notices", "GET /notices/public", PUBLIC, ListPublicNotices, PublicNotices, "对外公开的通知公告"
)
SHOW_PUBLIC = Operation(
    "show_public_notice", "GET /notices/public/{notice_id}", PUBLIC, NoticeArgs, PublicNoticeText, "对外公开的通知公告详情"
)
OPERATIONS = [
    LIST_NOTICES,
    SHOW_NOTICE,
    DRAFT_NOTICE,
    EDIT_NOTICE,
    SUBMIT_NOTICE,
    REVIEW_NOTICE,
    PUBLISH_NOTICE,
    WITHDRAW_NOTICE,
    LIST_PUBLIC,
    SHOW_PUBLIC,
]
