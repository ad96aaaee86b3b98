"""Who may do what in this service, and the standard roles that may at first."""

from services.kernel.contract import Permission

OFFICIALS = ("officer", "team_leader", "enforcement_admin", "regulator", "regulator_leader")
LEADERS_OF_ENTERPRISE = ("enterprise_admin", "principal", "safety_director", "safety_manager")

CHECKLISTS_READ = Permission("enforcement.checklists.read", "查看检查内容和检查表", OFFICIALS)
CHECKLISTS_WRITE = Permission("enforcement.checklists.write", "维护检查内容和检查表", ("enforcement_admin",))
OFFICERS_READ = Permission("enforcement.officers.read", "查看执法人员", OFFICIALS)
OFFICERS_WRITE = Permission("enforcement.officers.write", "维护执法人员和执法证", ("enforcement_admin",))
INSPECTIONS_READ = Permission(
    "enforcement.inspections.read", "查看执法检查和文书", (*OFFICIALS, "government_reader", *LEADERS_OF_ENTERPRISE)
)
INSPECTIONS_WRITE = Permission("enforcement.inspections.write", "编制检查方案、实施现场检查", ("officer",))
INSPECTIONS_APPROVE = Permission("enforcement.inspections.approve", "审批现场检查方案", ("team_leader",))
DOCUMENTS_VOID = Permission("enforcement.documents.void", "作废执法文书", ("team_leader",))

PERMISSIONS = [
    CHECKLISTS_READ,
    CHECKLISTS_WRITE,
    OFFICERS_READ,
    OFFICERS_WRITE,
    INSPECTIONS_READ,
    INSPECTIONS_WRITE,
    INSPECTIONS_APPROVE,
    DOCUMENTS_VOID,
]
