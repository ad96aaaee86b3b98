"""The closed lists of words in this service's language, each with its Chinese name."""

NOTICE_KINDS = {"notice": "通知公告", "supervision": "督办通知"}
NOTICE_STATUSES = {"draft": "草稿", "pending": "待审核", "published": "已发布", "withdrawn": "已撤回", "expired": "已过期"}
DECISIONS = {"approve": "同意发布", "return": "退回修改"}
RECEIVER_KINDS = {"enterprise": "企业", "department": "部门"}
RECEIPT_STATUSES = {"unread": "未读", "read": "已读", "registered": "已登记办理", "replied": "已反馈", "done": "已办结"}
GRADES = {"A": "A级", "B": "B级", "C": "C级", "D": "D级"}
MESSAGE_KINDS = {
    "notice": "通知公告",
    "registration": "企业注册与状态",
    "licence": "证照到期",
    "hazard": "隐患治理",
    "supervision": "挂牌督办",
    "inspection": "执法检查",
    "risk_list": "风险清单",
}
URGENCIES = {"normal": "一般", "urgent": "紧急"}
