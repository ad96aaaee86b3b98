"""What the platform is compared with: the least one would write for the same answer, by usual means and in their usual way."""
