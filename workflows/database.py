"""The one way to reach the database: driver, search path, pool, and its shape."""

from __future__ import annotations

import time
from select import select
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from models import migrations
from workflows import pipelining

SEARCH_PATH = f"public,{migrations.QUEUE_SCHEMA}"
"""The record first; the job queue's functions call each other without a schema."""
RESTED_SECONDS = 30.0
"""After that long without use a connection is asked whether the server is still there."""
PREPARED_AFTER, PREPARED_AT_MOST = 2, 1000
"""Uses after which a statement is prepared on its connection, and how many may be."""


class DatabaseUnready(RuntimeError):
    """The database has another shape than this program expects; run ``caselane migrate``."""


def driver_url(url: str) -> str:
    """`url` for SQLAlchemy, whatever of ``postgres://`` and ``postgresql://`` was given."""
    scheme = make_url(url.replace("postgres://", "postgresql://", 1))
    return scheme.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def connect(url: str, pool_size: int = 8, *, durable: bool = True) -> Engine:
    """An engine that notices a restarted server and never keeps more than `pool_size` open.

    `durable=False` does not wait for the disk at each commit: a power cut may take the last
    acts, whole; only for what can be made again.
    """
    options = f"-c search_path={SEARCH_PATH} -c timezone=UTC"
    if not durable:
        options += " -c synchronous_commit=off"
    engine = create_engine(
        driver_url(url),
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"options": options, "cursor_factory": pipelining.Cursor},
    )
    # A pipelined statement does not know its count of rows yet; the case is locked anyway.
    engine.dialect.supports_sane_rowcount = False
    engine.dialect.supports_sane_multi_rowcount = False
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "checkin", _noticed)
    event.listen(engine, "checkout", _alive)
    return engine


def _prepared(connection: psycopg.Connection[Any], _record: ConnectionPoolEntry) -> None:
    """Keep all statements of the program planned: it has a few hundred, the driver keeps 100."""
    connection.prepare_threshold = PREPARED_AFTER
    connection.prepared_max = PREPARED_AT_MOST


def _noticed(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["last_used"] = time.monotonic()


def _alive(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection whether it lives when the server has said something unasked (it ends them
    so), or after a long rest; between two acts nothing is asked."""
    heard, _, _ = select([connection.fileno()], [], [], 0)
    if not heard and time.monotonic() - record.info.get("last_used", 0.0) < RESTED_SECONDS:
        return
    try:
        connection.execute("select 1")
        connection.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error


def migrate(url: str) -> str:
    """Bring the database to this program's shape; returns the revision."""
    engine = connect(url, pool_size=1)
    try:
        return migrations.upgrade(engine)
    finally:
        engine.dispose()


def require_ready(engine: Engine) -> None:
    """Refuse to serve a database of another shape: a half-known record is worse than none."""
    with engine.connect() as connection:
        found = migrations.current(connection)
    if found != migrations.head():
        raise DatabaseUnready(
            f"数据库版本是 {found or '空'}，程序需要 {migrations.head()}：请运行 caselane migrate。"
            f" The database is at {found or 'no revision'}, this program needs "
            f"{migrations.head()}: run `caselane migrate`."
        )
