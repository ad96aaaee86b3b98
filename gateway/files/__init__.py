"""Uploaded files: known by content, cleaned, named by their digest, readable through their owner's scope."""
