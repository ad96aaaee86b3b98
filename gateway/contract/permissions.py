"""Rights over accounts, and the offices that hold them at first.

System, security and audit administration are three offices: the first keeps departments, people and clients, the
second says who may what, the third reads the audit trail; no account joins two of them, or one with business rights.
"""

from services.kernel.contract import Permission

GOVERNMENT = (
    "reviewer", "regulator", "regulator_leader", "officer", "team_leader", "enforcement_admin", "publisher", "notice_approver",
    "government_reader",
)  # fmt: skip

DEPARTMENTS_READ = Permission(
    "gateway.departments.read", "查看部门", (*GOVERNMENT, "system_admin", "security_admin", "audit_admin")
)
DEPARTMENTS_WRITE = Permission("gateway.departments.write", "维护部门", ("system_admin",))
ACCOUNTS_READ = Permission("gateway.accounts.read", "查看用户", ("system_admin", "security_admin", "enterprise_admin"))
ACCOUNTS_WRITE = Permission("gateway.accounts.write", "新增、停用用户，重置密码", ("system_admin",))
ACCOUNTS_GRANT = Permission("gateway.accounts.grant", "授予角色和监管权限", ("security_admin", "enterprise_admin"))
STAFF_WRITE = Permission("gateway.staff.write", "维护本企业人员账号", ("enterprise_admin",))
PASSWORDS_RESET = Permission("gateway.passwords.reset", "重置辖区企业管理员密码", ("reviewer",))
ROLES_READ = Permission("gateway.roles.read", "查看角色", ("system_admin", "security_admin", "enterprise_admin"))
ROLES_WRITE = Permission("gateway.roles.write", "维护角色权限", ("security_admin",))
CLIENTS_READ = Permission("gateway.clients.read", "查看接入系统", ("system_admin", "security_admin"))
CLIENTS_WRITE = Permission("gateway.clients.write", "维护接入系统及其权限", ("security_admin",))
AUDIT_READ = Permission("data.audit.read", "查看审计日志", ("audit_admin",))

PERMISSIONS = [
    DEPARTMENTS_READ,
    DEPARTMENTS_WRITE,
    ACCOUNTS_READ,
    ACCOUNTS_WRITE,
    ACCOUNTS_GRANT,
    STAFF_WRITE,
    PASSWORDS_RESET,
    ROLES_READ,
    ROLES_WRITE,
    CLIENTS_READ,
    CLIENTS_WRITE,
    AUDIT_READ,
]
