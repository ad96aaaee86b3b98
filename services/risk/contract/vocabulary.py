"""The closed lists of words in this service's language, each with its Chinese name."""

LEVELS = {"red": "重大风险", "orange": "较大风险", "yellow": "一般风险", "blue": "低风险"}
COLOURS = {"red": "#D7000F", "orange": "#FF7F00", "yellow": "#FFD800", "blue": "#0068B7"}
TIERS = {"enterprise": "公司级", "department": "部门级", "workshop": "车间级", "team": "班组级", "post": "岗位级"}
METHODS = {"LEC": "作业条件危险性评价法", "LS": "风险矩阵法", "MES": "MES评价法"}
DIRECT_RULES = {
    "DM-01": "符合本行业重大事故隐患判定标准",
    "DM-02": "曾发生死亡、重伤、重大财产损失或三起以上轻伤事故且条件依然存在",
    "DM-03": "构成危险化学品重大危险源",
    "DM-04": "有中毒、爆炸、火灾危险且同时作业10人以上的场所",
    "DM-05": "涉及重点监管的危险化工工艺的装置",
    "DM-06": "突出采掘工作面，高瓦斯、冲击地压或水文地质条件复杂的采区",
    "DM-07": "三等及以上尾矿库或头顶库",
    "DM-08": "烟花爆竹1.1级危险工序（混药、造粒、装药、压药）",
    "DM-09": "熔融金属吊运、深井铸造",
    "DM-10": "粉尘涉爆专项规定的场所（金属粉尘或作业10人以上）",
    "DM-11": "超过一定规模的危险性较大的分部分项工程",
    "DM-12": "行业主管部门规定的其他情形",
}
OBJECT_TYPES = {"equipment": "设备设施", "activity": "作业活动", "place": "场所部位"}
MEASURE_KINDS = {
    "engineering": "工程技术",
    "management": "管理措施",
    "training": "培训教育",
    "ppe": "个体防护",
    "emergency": "应急处置",
}
ACCIDENT_STANDARDS = {"1986": "GB 6441-1986", "2025": "GB 6441-2025"}
POINT_STATUSES = {"draft": "草稿", "identified": "已辨识", "assessed": "已评价", "active": "在用", "retired": "停用"}
POINT_SOURCES = {"hand": "手工录入", "library": "引用系统选项", "import": "批量导入"}
REVIEW_TRIGGERS = {
    "yearly": "年度评审",
    "law": "法规标准变化",
    "process": "工艺设备变化",
    "organisation": "组织机构变化",
    "accident": "发生事故",
    "new_work": "新增单元或非常规作业",
}
BATCH_ACTIONS = {"import": "批量导入", "export": "批量导出", "library": "引用系统选项", "delete": "批量删除"}
LIST_STATUSES = {
    "draft": "草稿",
    "pending_audit": "待审核",
    "rejected": "审核退回",
    "approved": "已审核",
    "filed": "已报备",
    "superseded": "已被替代",
    "withdrawn": "已撤销",
}
PERIODS = {
    "day": "日查（每日）",
    "workday": "日查（工作日）",
    "week": "周查",
    "month": "月查",
    "quarter": "季查",
    "year": "年查",
    "operation": "每次作业前",
}
SPLITS = {"count": "当日内任意时间", "even": "按时段均分"}
TASK_STATUSES = {
    "pending": "待查",
    "done": "已查",
    "done_late": "超时补查",
    "missed": "漏查",
    "exempt": "免查",
    "cancelled": "已取消",
}
ANSWERS = {"passed": "合格", "failed": "不合格", "partly": "措施不到位", "not_applicable": "不涉及"}
CHECK_OUTCOMES = {"done": "已查", "done_late": "超时补查", "supplement": "补充检查"}
