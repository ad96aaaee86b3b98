"""Chinese words of the code values of enterprises, as the review, the archive and the licences use them (rules 8)."""

STATUSES = {
    "draft": "草稿", "pending": "待审核", "active": "已通过", "rejected": "已退回", "suspended": "停工停产", "deleted": "已删除",
    "closed": "已注销",
}  # fmt: skip
LISTED_STATUSES = {code: name for code, name in STATUSES.items() if code != "draft"}
ON_MAP = {"active": "正常", "suspended": "停产"}
CHANGE_STATUSES = {"draft": "草稿", "pending": "待审核", "applied": "已生效", "rejected": "已退回", "cancelled": "已取消"}
LICENCE_STATUSES = {"valid": "有效", "expiring": "即将到期", "expired": "已过期", "suspended": "已暂扣", "revoked": "已吊销或注销"}
EDITION_STATUSES = {"in_force": "现行", "pending": "待确认", "refused": "未确认", "replaced": "已被替换"}
REVOCATIONS = {"revoked": "吊销", "cancelled": "注销"}
SUSPENSIONS = {"stop": "停工停产", "resume": "复工复产"}
SUSPENSION_STATUSES = {"draft": "草稿", "pending": "待审核", "approved": "已通过", "rejected": "已退回", "cancelled": "已取消"}
STOP_KINDS = {
    "seasonal": "季节性停产", "maintenance": "检修停产", "market": "市场原因停产", "ordered": "责令停产", "accident": "事故停产",
    "holiday": "节假日停产",
}  # fmt: skip
SCALES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}
BUSINESS_STATES = {"operating": "在营", "stopped": "停产", "building": "在建", "preparing": "筹建", "closed": "关闭"}
STANDARDISATION_LEVELS = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微企业", "none": "未达标"}
INSTALLATION_LEVELS = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "level_4": "四级", "none": "无重大危险源"}
SEXES = {"male": "男", "female": "女"}
SECTORS = {"emergency": "应急管理部门", "housing": "住房城乡建设部门"}
GROUNDS = {
    "ordinary": "一般企业", "several_counties": "跨县经营", "cross_prefecture": "跨市（州）经营", "province_managed": "省属企业",
    "province_administered_county": "省直管县企业",
}  # fmt: skip
# The steps of an enterprise's history.
EVENTS = {
    "draft": "存为草稿",
    "submit": "提交申报",
    "resubmit": "重新提交申报",
    "approve": "审核通过",
    "reject": "退回修改",
    "withdraw": "撤回申报",
    "transfer": "移交审核机关",
    "suspend": "停工停产",
    "resume": "复工复产",
    "change": "变更关键信息",
    "delete": "删除",
    "expire_draft": "草稿过期删除",
    "restore": "恢复",
    "restore_suspended": "恢复（停产中）",
    "close": "注销",
}
