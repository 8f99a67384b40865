"""The job queue (procrastinate, MIT licence) brings its own SQL; we keep a copy of it.

Its release notes carry the SQL between two versions: a newer one becomes a file beside
``sql/`` and a revision that runs it.
"""

from pathlib import Path

from alembic import op
from sqlalchemy import Connection

SCHEMA = "queue"
SQL = Path(__file__).parent / "sql"


def create(name: str) -> None:
    """Run a whole SQL file inside the queue's schema, within the revision's transaction."""
    apply(op.get_bind(), name)


def apply(connection: Connection, name: str) -> None:
    """Run file `name` on `connection`; the search path is put back afterwards."""
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
    # The driver takes several statements at once only when it is given no parameters.
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute((SQL / name).read_text(encoding="utf-8"))
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")


def drop() -> None:
    """Remove the queue with all jobs."""
    op.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
