"""Alembic's entry: runs the migrations on the connection that `readlist.db.migrate` hands in, in its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
