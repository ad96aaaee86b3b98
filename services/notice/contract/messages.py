"""Messages: what somebody must be told, addressed to an enterprise or a department; each person reads them for himself."""

from services.kernel.contract import Operation
from services.language.fields import Identifier, flag, identifier, list_of, moment, number_of, one_of, optional_one_of, shown
from services.language.schema import Affected, Schema, SearchArgs, page_of
from services.notice.contract.permissions import MESSAGES_READ
from services.notice.contract.vocabulary import MESSAGE_KINDS, RECEIVER_KINDS, URGENCIES


class MessageListArgs(SearchArgs):
    kind = optional_one_of(MESSAGE_KINDS, "类别")
    is_unread = flag("只看未读", load_default=False)


class ReadMessages(Schema):
    """The messages named, or every one there is."""

    message_ids = list_of(Identifier(), "消息", 200, load_default=list)
    are_all = flag("全部标为已读", load_default=False)


class MessageItem(Schema):
    """``subject_type`` and ``subject_id`` tell what it is about: the thing to open."""

    id = identifier("消息编号")
    kind = one_of(MESSAGE_KINDS, "类别")
    urgency = one_of(URGENCIES, "紧急程度")
    title = shown("标题")
    text = shown("内容")
    receiver_kind = one_of(RECEIVER_KINDS, "接收单位类别")
    subject_type = shown("事项类别")
    subject_id = identifier("事项编号")
    enterprise_id = identifier("接收企业", allow_none=True)
    department_id = identifier("接收部门", allow_none=True)
    at = moment("时间")
    is_read = flag("本人已读")


class UnreadCount(Schema):
    """``count`` stops at 100."""

    count = number_of("未读数")
    urgent = number_of("紧急未读数")


LIST_MESSAGES = Operation(
    "list_messages", "GET /messages", MESSAGES_READ.code, MessageListArgs, page_of(MessageItem), "消息列表", is_list=True
)
COUNT_UNREAD = Operation("count_unread_messages", "GET /messages/unread", MESSAGES_READ.code, Schema, UnreadCount, "未读消息数")
READ_MESSAGES = Operation("read_messages", "POST /messages/reading", MESSAGES_READ.code, ReadMessages, Affected, "将消息标为已读")
OPERATIONS = [LIST_MESSAGES, COUNT_UNREAD, READ_MESSAGES]
