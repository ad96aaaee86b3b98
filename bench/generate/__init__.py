"""Generators of rows: the same numbers give the same rows, and PostgreSQL's COPY takes them as fast as they are made."""
