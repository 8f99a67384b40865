"""Run the revisions on one connection, one process at a time."""

from __future__ import annotations

import io
from pathlib import Path

from alembic import autogenerate, command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from models.tables import METADATA

FOLDER = Path(__file__).parent
QUEUE_SCHEMA = "queue"
"""Schema of the job queue's own tables; the record's tables live in ``public``."""
LOCK = 0x6361736C616E65
"""Key of the advisory lock ("caselane"): web, worker and console may all start at once."""


def _config(connection: Connection | None = None) -> Config:
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The newest revision that this program knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None, "the program carries at least one revision"
    return revision


def current(connection: Connection) -> str | None:
    """The revision of this database; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> str:
    """Bring the database to :func:`head` in one transaction; a no-op when it is there."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        if current(connection) != head():
            command.upgrade(_config(connection), "head")
    return head()


def differences(connection: Connection) -> list[object]:
    """What ``alembic check`` would write: empty when revisions and models agree."""
    context = MigrationContext.configure(
        connection, opts={"include_name": include_name, "compare_server_default": True}
    )
    return list(autogenerate.compare_metadata(context, METADATA))


def include_name(name: str | None, kind: str, parents: object) -> bool:
    """Autogenerate looks at the record alone; it would drop the queue's tables otherwise."""
    if kind == "schema":
        return name in (None, "public")
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))
