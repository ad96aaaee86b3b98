"""Code values of identity and their Chinese words."""

ACCOUNT_KINDS = {"regulator": "政府用户", "enterprise": "企业用户", "applicant": "注册申请人"}
ROLE_KINDS = {"enterprise": "企业角色", "government": "政府角色", "platform": "平台管理角色", "applicant": "申请人角色"}
ACCOUNT_STATUS = {"active": "正常", "disabled": "已停用"}
REGION_LEVELS = {
    "province": "省级",
    "prefecture": "市（州）级",
    "county": "县（市、区）级",
    "township": "乡镇（街道）级",
    "village": "村级",
}
CALLER_KINDS = {
    **ACCOUNT_KINDS,
    "participant": "参建单位用户",
    "api_client": "接入系统",
    "system": "系统",
    "public": "未登录访客",
}
SERVICES = {
    "enterprise": "企业档案",
    "risk": "风险分级管控",
    "hazard": "隐患排查治理",
    "enforcement": "行政执法",
    "stats": "统计分析",
    "notice": "通知公告",
    "gateway": "用户与平台",
}
# What stands in audit trails and is nobody's operation: the clock's, the operator's and the platform's own work.
OWN_WORK = {
    "enterprise.roll_licences": "许可证到期处理",
    "enterprise.expire_drafts": "过期草稿处理",
    "enterprise.seal_anew": "个人信息换钥加密",
    "risk.generate_tasks": "生成排查任务",
    "risk.forget_lines": "清理清单明细",
    "risk.close_windows": "排查任务到期处理",
    "risk.follow_merged_unit": "风险点和任务随单元合并",
    "hazard.announce_overdue": "隐患逾期提醒",
    "hazard.follow_merged_unit": "隐患随单元合并",
    "enforcement.call_rechecks": "提请复查",
    "stats.fold_figures": "统计数据汇总",
    "stats.check_figures": "统计数据核对",
    "notice.distribute": "下发通知",
    "notice.mark_overdue": "签收逾期处理",
    "notice.expire": "过期通知处理",
    "gateway.export": "导出清单",
    "first_administrators": "设立首批管理员",
    "seed_roles": "设立标准角色",
    "load_catalogue": "载入目录数据",
    "operate.rerun": "重新处理搁置的通报",
    "operate.restored": "备份恢复后续处理",
    "seal": "审计日志封存",
    "checkpoint": "审计日志检查点",
    "store": "接收通报",
    "react": "处理通报",
    "relay": "发出通报",
    "lease": "后台任务轮值",
    "upkeep": "日常维护",
}
# What announcements speak of: a row written because another service announced something is named after it.
ANNOUNCED = {
    "enterprise": "企业",
    "licence": "许可证",
    "org_unit": "组织机构",
    "risk_point": "风险点",
    "risk_list": "风险清单",
    "check_task": "排查任务",
    "check_item": "排查项",
    "hazard": "隐患",
    "supervision": "督办",
    "inspection": "执法检查",
    "notice": "通知",
    "notice_receipt": "通知签收",
    "figures": "统计数据",
    "account": "用户",
    "department": "部门",
    "trail": "审计日志检查点",
}
