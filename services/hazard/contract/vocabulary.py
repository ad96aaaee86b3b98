"""The closed lists of words in this service's language, each with its Chinese name."""

CLASSES = {"general_on_site": "一般隐患（现场消除）", "general_limited": "一般隐患（限期整改）", "major": "重大隐患"}
ON_MAP = {"major": "重大隐患", "general": "一般隐患"}
GENERAL_STATUSES = {
    "draft": "草稿",
    "registered": "已登记待确认",
    "returned": "已退回",
    "rectifying": "待整改",
    "extension_pending": "延期待批",
    "pending_recheck": "待复查",
    "closed": "已销号",
    "closed_on_site": "现场消除已归档",
    "cancelled": "已作废",
}
MAJOR_STATUSES = {
    "registered": "已登记",
    "reported": "已上报",
    "planning": "编制治理方案",
    "plan_review": "方案待审",
    "rectifying": "治理中",
    "extension_pending": "延期待批",
    "assessing": "治理效果评估",
    "acceptance": "申请销号待验收",
    "closed": "已销号",
    "downgraded": "降为一般隐患",
    "cancelled": "误判撤销",
}
STATUSES = MAJOR_STATUSES | GENERAL_STATUSES
SOURCES = {
    "self_check": "企业自查",
    "enforcement": "执法检查",
    "expert": "专家检查",
    "complaint": "投诉举报",
    "superior": "上级检查",
    "project": "工程排查",
}
# An inspection's findings arrive by its announcement, so nobody enters them by hand.
ENTERED_SOURCES = {code: name for code, name in SOURCES.items() if code != "enforcement"}
CATEGORIES = {"people": "人的不安全行为", "thing": "物的不安全状态", "environment": "环境因素", "management": "管理缺陷"}
LEVELS = {"county": "县级", "prefecture": "市级", "province": "省级"}
LISTING_STATUSES = {
    "proposed": "拟挂牌",
    "listed": "督办中",
    "extension_pending": "延期待批",
    "lift_applied": "申请摘牌",
    "lifted": "已摘牌",
    "rejected": "不予挂牌",
}
TASKS = {
    "confirm": "待确认",
    "correct": "退回待修改",
    "rectify": "待整改",
    "recheck": "待复查",
    "decide_extension": "延期待批",
    "report": "重大隐患待上报",
    "plan": "治理方案待编制",
    "approve_plan": "治理方案待审批",
    "assess": "治理效果待评估",
    "accept": "销号待验收",
    "overdue": "已超期",
}
# The steps of a hazard's history.
EVENTS = {
    "draft": "存为草稿",
    "register": "登记隐患",
    "register_by_inspection": "执法检查登记",
    "inspection_order": "责令限期整改",
    "overdue": "整改期限已过",
    "marked_list": "挂牌督办",
    "marked_lift": "摘牌",
    "revise": "修改登记",
    "follow_unit": "随单元合并",
    "resubmit": "重新提交",
    "confirm": "确认隐患",
    "return": "退回登记",
    "assign": "指派整改责任人",
    "upgrade": "认定为重大隐患",
    "submit_rectification": "提交整改",
    "recheck_pass": "复查合格",
    "recheck_fail": "复查不合格",
    "request_extension": "申请延期",
    "approve_extension": "批准延期",
    "reject_extension": "不同意延期",
    "cancel": "作废",
    "comment": "督促整改",
    "report": "上报重大隐患",
    "start_plan": "组织编制治理方案",
    "submit_plan": "提交治理方案",
    "approve_plan": "批准治理方案",
    "return_plan": "退回治理方案",
    "progress": "填报治理进展",
    "finish": "治理完成",
    "assess_pass": "治理效果评估通过",
    "assess_fail": "治理效果评估不通过",
    "accept": "验收销号",
    "refuse": "验收不合格",
    "downgrade": "降为一般隐患",
    "supervision_propose": "提请挂牌督办",
    "supervision_list": "决定挂牌督办",
    "supervision_refuse": "决定不予挂牌",
    "supervision_log": "记录督办情况",
    "supervision_request_extension": "申请延长督办期限",
    "supervision_approve_extension": "批准延长督办期限",
    "supervision_reject_extension": "不同意延长督办期限",
    "supervision_apply_lift": "申请摘牌",
    "supervision_lift": "决定摘牌",
    "supervision_return": "退回摘牌申请",
}
