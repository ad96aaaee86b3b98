"""Who may do what in this service, and the standard roles that may at first."""

from services.kernel.contract import Permission

GOVERNMENT = (
    "reviewer", "regulator", "regulator_leader", "officer", "team_leader", "enforcement_admin", "government_reader",
)  # fmt: skip
LEADERS = ("enterprise_admin", "principal", "safety_director", "safety_manager")
ENTERPRISE = (*LEADERS, "list_author", "checker", "responsible_person", "rechecker", "expert")

READ = "hazard.read"
WHOLE_ENTERPRISE = "hazard.whole_enterprise"
REGISTER = "hazard.register"
CONFIRM = "hazard.confirm"
CANCEL = "hazard.cancel"
RECTIFY = "hazard.rectify"
RECHECK = "hazard.recheck"
REQUEST_EXTENSION = "hazard.request_extension"
DECIDE_EXTENSION = "hazard.decide_extension"
REPORT = "hazard.report_major"
LEAD = "hazard.lead_major"
APPROVE_PLAN = "hazard.approve_plan"
ASSESS = "hazard.assess"
ACCEPT = "hazard.accept"
DOWNGRADE = "hazard.downgrade"
COMMENT = "hazard.comment"
PROPOSE_LISTING = "hazard.propose_listing"
DECIDE_LISTING = "hazard.decide_listing"
LIBRARY_READ = "hazard.library.read"

PERMISSIONS = [
    Permission(READ, "查看隐患", roles=(*ENTERPRISE, *GOVERNMENT)),
    Permission(WHOLE_ENTERPRISE, "查看和办理全企业隐患（不限本单元）", roles=LEADERS),
    Permission(
        REGISTER, "登记隐患",
        roles=("checker", "responsible_person", "safety_manager", "safety_director", "expert", "regulator", "officer"),
    ),
    Permission(CONFIRM, "确认、退回、指派隐患", roles=("safety_manager",)),
    Permission(CANCEL, "作废隐患、撤销误判的重大隐患", roles=("safety_manager", "regulator")),
    Permission(RECTIFY, "提交隐患整改", roles=("responsible_person", "safety_manager")),
    Permission(RECHECK, "复查隐患整改", roles=("rechecker", "safety_director", "regulator", "officer")),
    Permission(REQUEST_EXTENSION, "申请延期整改", roles=("responsible_person", "principal")),
    Permission(DECIDE_EXTENSION, "审批延期整改", roles=("safety_manager", "regulator", "officer")),
    Permission(REPORT, "上报重大隐患、提交治理方案", roles=("safety_manager",)),
    Permission(LEAD, "组织重大隐患治理", roles=("principal",)),
    Permission(APPROVE_PLAN, "审批重大隐患治理方案", roles=("principal", "regulator")),
    Permission(ASSESS, "评估重大隐患治理效果", roles=("expert",)),
    Permission(ACCEPT, "验收销号重大隐患", roles=("regulator",)),
    Permission(DOWNGRADE, "将重大隐患降为一般隐患", roles=("regulator",)),
    Permission(COMMENT, "督促隐患整改", roles=("regulator", "regulator_leader", "officer")),
    Permission(PROPOSE_LISTING, "提请挂牌督办、记录督办情况", roles=("regulator",)),
    Permission(DECIDE_LISTING, "决定挂牌督办和摘牌", roles=("regulator_leader",)),
    Permission(LIBRARY_READ, "查看隐患库和重大隐患判定标准", roles=(*ENTERPRISE, *GOVERNMENT)),
]  # fmt: skip
