"""Alembic's environment: the connection and the version table come from ``services.runtime.migrate``."""

from alembic import context

attributes = context.config.attributes
context.configure(connection=attributes["connection"], version_table=attributes["version_table"])
with context.begin_transaction():
    context.run_migrations()
