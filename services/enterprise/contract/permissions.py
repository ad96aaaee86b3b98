"""Rights over enterprises, licences and organisation units, with the standard roles that hold them at first."""

from services.kernel.contract import Permission

GOVERNMENT = (
    "reviewer", "regulator", "regulator_leader", "officer", "team_leader", "enforcement_admin", "publisher", "notice_approver",
    "government_reader",
)  # fmt: skip
ENTERPRISE = (
    "enterprise_admin", "principal", "safety_director", "safety_manager", "list_author", "checker", "responsible_person",
    "rechecker", "expert",
)  # fmt: skip
KEEPERS = ("enterprise_admin", "safety_director", "safety_manager")

REGISTER = "enterprise.register"
READ = "enterprise.read"
EDIT = "enterprise.edit"
REVIEW = "enterprise.review"
REMOVE = "enterprise.remove"
CLOSE = "enterprise.close"
UNMASK = "enterprise.unmask"
REQUEST_SUSPENSION = "enterprise.request_suspension"
REVIEW_SUSPENSION = "enterprise.review_suspension"
KEEP_QUALIFICATION = "enterprise.keep_qualification"
KEEP_LICENCE = "enterprise.keep_licence"
ADMINISTER_LICENCE = "enterprise.administer_licence"
KEEP_ORGANISATION = "enterprise.keep_organisation"
KEEP_PERSONNEL = "enterprise.keep_personnel"

PERMISSIONS = [
    Permission(REGISTER, "企业注册申报", roles=("applicant",)),
    Permission(READ, "查看企业档案", roles=(*GOVERNMENT, *ENTERPRISE, "applicant")),
    Permission(EDIT, "维护企业基本信息", roles=("enterprise_admin",)),
    Permission(REVIEW, "审核企业注册与变更", roles=("reviewer",)),
    Permission(REMOVE, "删除与恢复企业", roles=("reviewer",)),
    Permission(CLOSE, "注销企业", roles=("reviewer",)),
    Permission(UNMASK, "查看完整联系电话", roles=("officer", "team_leader")),
    Permission(REQUEST_SUSPENSION, "申请停工复工", roles=("enterprise_admin", "principal")),
    Permission(REVIEW_SUSPENSION, "审核停工复工", roles=("reviewer",)),
    Permission(KEEP_QUALIFICATION, "维护本企业资质", roles=("applicant", *KEEPERS)),
    Permission(KEEP_LICENCE, "维护本企业证照", roles=KEEPERS),
    Permission(ADMINISTER_LICENCE, "管理许可证照", roles=("reviewer",)),
    Permission(KEEP_ORGANISATION, "维护组织结构", roles=KEEPERS),
    Permission(KEEP_PERSONNEL, "维护从业人员", roles=("applicant", *KEEPERS)),
]
