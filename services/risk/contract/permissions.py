"""Who may do what in this service, and the standard roles that may at first."""

from services.kernel.contract import Permission

GOVERNMENT = (
    "reviewer", "regulator", "regulator_leader", "officer", "team_leader", "enforcement_admin", "government_reader",
)  # fmt: skip
LEADERS = ("enterprise_admin", "principal", "safety_director", "safety_manager")
ENTERPRISE = (*LEADERS, "list_author", "checker", "responsible_person", "rechecker", "expert")
AUTHORS = ("enterprise_admin", "safety_manager", "list_author")

POINTS_READ = Permission("risk.points.read", "查看风险点", (*ENTERPRISE, *GOVERNMENT))
POINTS_WRITE = Permission("risk.points.write", "辨识和评价风险点", AUTHORS)
POINTS_PUBLISH = Permission("risk.points.publish", "发布、停用风险点", ("safety_manager",))
POINTS_DELETE = Permission("risk.points.delete", "批量删除风险点", ("enterprise_admin", "safety_manager"))
POINTS_IMPORT = Permission("risk.points.import", "批量导入风险点", AUTHORS)
LISTS_READ = Permission("risk.lists.read", "查看风险清单", (*ENTERPRISE, *GOVERNMENT))
LISTS_WRITE = Permission("risk.lists.write", "编制风险清单", ("list_author", "safety_manager"))
LISTS_AUDIT = Permission("risk.lists.audit", "审核风险清单", ("safety_director",))
LISTS_FILE = Permission("risk.lists.file", "报备、撤销风险清单", ("safety_manager",))
TASKS_READ = Permission("risk.tasks.read", "查看检查任务和检查记录", (*ENTERPRISE, *GOVERNMENT))
CHECKS_WRITE = Permission("risk.checks.write", "实施检查", ("checker", "responsible_person", "safety_manager", "safety_director"))
WHOLE_ENTERPRISE = Permission("risk.whole_enterprise", "查看全企业风险（不限本单元）", LEADERS)
LIBRARY_READ = Permission("risk.library.read", "查看风险库", (*ENTERPRISE, *GOVERNMENT))
MAP_READ = Permission("risk.map.read", "查看风险点分布", GOVERNMENT)
MANDATORY_WRITE = Permission("risk.mandatory_items.write", "设定强制性检查内容", ("regulator", "regulator_leader"))
SETTINGS_READ = Permission("risk.settings.read", "查看工作日历", (*ENTERPRISE, *GOVERNMENT, "system_admin"))
SETTINGS_WRITE = Permission("risk.settings.write", "维护工作日历", ("system_admin",))

PERMISSIONS = [
    POINTS_READ,
    POINTS_WRITE,
    POINTS_PUBLISH,
    POINTS_DELETE,
    POINTS_IMPORT,
    LISTS_READ,
    LISTS_WRITE,
    LISTS_AUDIT,
    LISTS_FILE,
    TASKS_READ,
    CHECKS_WRITE,
    WHOLE_ENTERPRISE,
    LIBRARY_READ,
    MAP_READ,
    MANDATORY_WRITE,
    SETTINGS_READ,
    SETTINGS_WRITE,
]
