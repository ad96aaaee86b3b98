"""What people may see of accounts, departments, roles and clients."""
