"""What this service does when others announce: copies follow, failed check items and findings become hazards."""
