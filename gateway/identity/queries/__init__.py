"""What people may see of accounts, departments, roles, clients and the audit trail."""
