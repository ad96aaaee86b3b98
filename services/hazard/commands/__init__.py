"""What people may do with hazards, split by stage."""
