"""Rights over figures.  Whose figures one sees is decided by scope alone."""

from services.kernel.contract import Permission

GOVERNMENT = (
    "reviewer", "regulator", "regulator_leader", "officer", "team_leader", "enforcement_admin", "publisher", "notice_approver",
    "government_reader",
)  # fmt: skip
ENTERPRISE = (
    "enterprise_admin", "principal", "safety_director", "safety_manager", "list_author", "checker", "responsible_person",
    "rechecker", "expert",
)  # fmt: skip

READ = "stats.read"
SUPERVISE = "stats.supervise"
GRADE = "stats.grade"
RECOUNT = "stats.recount"

PERMISSIONS = [
    Permission(READ, "查看统计", roles=(*GOVERNMENT, *ENTERPRISE)),
    Permission(SUPERVISE, "查看地区统计、排名与地图", roles=GOVERNMENT),
    Permission(GRADE, "设定地区颜色分级", roles=("regulator_leader", "system_admin")),
    Permission(RECOUNT, "核对与重算统计", roles=("system_admin",)),
]
