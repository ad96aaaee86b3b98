"""The standard roles (标准角色): their names, and which kinds of role their holders may give to others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StandardRole:
    code: str
    name: str
    kind: str
    appoints: tuple[str, ...] = ()


STANDARD_ROLES = [
    StandardRole("enterprise_admin", "企业管理员", "enterprise", ("enterprise",)),
    StandardRole("principal", "主要负责人", "enterprise"),
    StandardRole("safety_director", "分管安全负责人", "enterprise"),
    StandardRole("safety_manager", "安全管理人员", "enterprise"),
    StandardRole("list_author", "清单编制人", "enterprise"),
    StandardRole("checker", "排查人员", "enterprise"),
    StandardRole("responsible_person", "整改责任人", "enterprise"),
    StandardRole("rechecker", "复查人", "enterprise"),
    StandardRole("expert", "专家", "enterprise"),
    StandardRole("reviewer", "审核人员", "government"),
    StandardRole("regulator", "监管人员", "government"),
    StandardRole("regulator_leader", "监管负责人", "government"),
    StandardRole("officer", "执法人员", "government"),
    StandardRole("team_leader", "执法队长", "government"),
    StandardRole("enforcement_admin", "执法管理员", "government"),
    StandardRole("publisher", "通知发布人", "government"),
    StandardRole("notice_approver", "通知审批人", "government"),
    StandardRole("government_reader", "政府查阅人员", "government"),
    StandardRole("system_admin", "系统管理员", "platform"),
    StandardRole("security_admin", "安全管理员", "platform", ("enterprise", "government", "platform")),
    StandardRole("audit_admin", "审计管理员", "platform"),
    StandardRole("applicant", "注册申请人", "applicant"),
]
