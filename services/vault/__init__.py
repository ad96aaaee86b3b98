"""Seals what is personal (identity numbers, telephones) before it is stored, so that a dump tells nobody's.

A service maps such a column with ``columns.Sealed``, and finds a value again by its keyed digest (``sealing.digests``).  The keys
come from the environment of the processes that need them and stand in no database.
"""
