"""Finds and keeps aggregates; the caller's scope, and his unit inside the enterprise, are part of every query."""
