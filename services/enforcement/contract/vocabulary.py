"""The closed lists of words in this service's language, each with its Chinese name."""

SOURCES = {
    "plan": "年度计划",
    "random": "双随机",
    "graded": "分级分类",
    "key": "重点企业",
    "zero_hazard": "零隐患核查",
    "inactive": "未使用系统督查",
    "complaint": "投诉举报",
    "accident": "事故",
    "special": "专项",
    "superior": "上级交办",
    "recheck": "复查",
}
STATUSES = {
    "scheme_draft": "方案草稿",
    "scheme_pending": "方案待批",
    "scheme_approved": "方案已批",
    "in_progress": "检查中",
    "recorded": "已记录待处理",
    "ordered": "已责令整改",
    "recheck": "待复查",
    "closed": "已结束",
    "cancelled": "已取消",
}
OFFERED_MOVES = {
    "submit_scheme": "提交检查方案",
    "approve_scheme": "审批检查方案",
    "start": "登记入企并开始检查",
    "record": "登记现场检查记录",
    "order": "责令限期整改",
    "no_problem": "未发现问题，结束检查",
    "recheck_pass": "登记整改复查",
    "cancel": "取消检查",
}
HAZARD_CLASSES = {"general_on_site": "一般隐患（现场消除）", "general_limited": "一般隐患（限期整改）", "major": "重大隐患"}
RESULTS = {"passed": "合格", "failed": "不合格", "not_applicable": "不适用"}
METHODS = {"site": "现场查看", "document": "查阅资料", "interview": "询问", "test": "检测试验"}
FORMS = {
    "WS02": "现场检查方案",
    "WS03": "现场检查记录",
    "WS04": "现场处理措施决定书",
    "WS05": "责令限期整改指令书",
    "WS06": "整改复查意见书",
}
DOCUMENT_STATUSES = {"issued": "有效", "voided": "已作废"}
