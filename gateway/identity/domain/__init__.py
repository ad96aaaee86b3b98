"""The rules of identity, without any storage."""
