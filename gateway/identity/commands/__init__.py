"""What people may do with accounts, departments, roles and clients."""
