"""What proves the platform: one folder a kind of proof (style: rules, services, contracts, stories, the code itself)."""
