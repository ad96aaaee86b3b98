"""The rules of risk control, in plain Python."""
