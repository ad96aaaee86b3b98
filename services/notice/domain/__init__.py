"""The rules of notices and receipts in plain Python."""
