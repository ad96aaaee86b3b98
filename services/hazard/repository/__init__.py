"""Finds and keeps hazards, their listings and the copies of others' facts; the caller's scope is part of every query."""
