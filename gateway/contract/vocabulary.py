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
AUDIT_RESULTS = {"done": "成功", "refused": "拒绝", "failed": "失败"}
CALLER_KINDS = {
    **ACCOUNT_KINDS,
    "participant": "参建单位用户",
    "api_client": "接入系统",
    "system": "系统",
    "public": "未登录访客",
}
