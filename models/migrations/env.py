"""Alembic's entry: on the connection it is handed, else on ``DATABASE_URL``."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine

from models.base import UtcDateTime
from models.migrations.runner import include_name
from models.tables import METADATA


def render(kind: str, item: object, _: object) -> str | Literal[False]:
    """Revisions name the database's own types: our wrappers may move or change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.TIMESTAMP(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run what Alembic was asked for on `connection`."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_name=include_name,
        compare_server_default=True,
        render_item=render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    migrate(handed)
else:
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(url).begin() as own:
        migrate(own)
