"""What may be seen of the figures: sums over rollups within the caller's scope."""
