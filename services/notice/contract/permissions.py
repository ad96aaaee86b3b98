"""Who may do what in this service, and the standard roles that may at first."""

from services.kernel.contract import Permission

GOVERNMENT = (
    "reviewer", "regulator", "regulator_leader", "officer", "team_leader", "enforcement_admin", "publisher", "notice_approver",
    "government_reader",
)  # fmt: skip
LEADERS = ("enterprise_admin", "principal", "safety_director", "safety_manager")
ENTERPRISE = (*LEADERS, "list_author", "checker", "responsible_person", "rechecker", "expert")

NOTICES_READ = Permission("notice.notices.read", "查看通知公告", (*GOVERNMENT, *ENTERPRISE))
NOTICES_WRITE = Permission("notice.notices.write", "起草、提交和撤回通知", ("publisher", "regulator_leader"))
NOTICES_APPROVE = Permission("notice.notices.approve", "审核通知", ("notice_approver",))
NOTICES_PUBLISH = Permission("notice.notices.publish", "直接发布通知（不经审核）", ("regulator_leader",))
RECEIPTS_READ = Permission("notice.receipts.read", "查看通知接收情况", GOVERNMENT)
RECEIPTS_CLOSE = Permission("notice.receipts.close", "办结通知反馈", ("publisher", "regulator_leader"))
RECEIPTS_HANDLE = Permission(
    "notice.receipts.handle", "签收、登记和反馈通知", (*LEADERS, *(role for role in GOVERNMENT if role != "government_reader"))
)
MESSAGES_READ = Permission("notice.messages.read", "查看消息", (*GOVERNMENT, *ENTERPRISE, "applicant"))

PERMISSIONS = [
    NOTICES_READ,
    NOTICES_WRITE,
    NOTICES_APPROVE,
    NOTICES_PUBLISH,
    RECEIPTS_READ,
    RECEIPTS_CLOSE,
    RECEIPTS_HANDLE,
    MESSAGES_READ,
]
