"""What people may see of hazards: the ledger, counts, work that waits, histories, listings and the library."""
