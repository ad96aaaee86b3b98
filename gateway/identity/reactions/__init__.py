"""What identity and the open pages do when a service announces something."""
