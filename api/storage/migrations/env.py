"""Run by Alembic: migrate in the transaction that api.storage.migrate holds."""

from __future__ import annotations

from alembic import context

from api.storage import tables_desk, tables_improve  # noqa: F401 - they belong to the metadata
from api.storage.migrate import COMPARISON
from api.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, **COMPARISON
)
context.run_migrations()
