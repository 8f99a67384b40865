"""Rows of one act go to the server together: one wait for all of them, not one for each.

psycopg's pipeline mode lets statements follow each other without waiting for each answer. The
order stays, and so does the transaction: when one fails, the rest is skipped and all of it is
undone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Self

import psycopg
from psycopg.abc import Params
from sqlalchemy import Dialect, Table, event, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.base import Base

APPENDED = "appended"


class Cursor(psycopg.Cursor[Any]):
    """A cursor that waits in a pipeline only for statements that give rows back."""

    def execute(  # type: ignore[override]
        self, query: str, params: Params | None = None, **how: Any
    ) -> Self:
        """As psycopg's; SQLAlchemy reads the description at once, so an answer must be there."""
        super().execute(query, params, **how)
        if self.connection.pgconn.pipeline_status and " RETURNING " in query:
            with self.connection.pipeline() as nested:
                nested.sync()
        return self


def append(session: Session, row: Base) -> None:
    """Add a row that nobody changes or points to before the commit (audit, history, opinions).

    It is written after everything else, past the session's unit of work, which costs as much as
    the statement itself.
    """
    session.info.setdefault(APPENDED, []).append(row)


def waiting(session: Session) -> tuple[Base, ...]:
    """Rows that were appended and are not written yet, in their order."""
    return tuple(session.info.get(APPENDED, ()))


def flush(session: Session) -> None:
    """Write what the session holds, in one pipeline; errors are SQLAlchemy's, as ever."""
    if not (session.new or session.dirty or session.deleted or session.info.get(APPENDED)):
        return
    with _pipeline(session):
        session.flush()
        _write_appended(session)


def _write_appended(session: Session) -> None:
    rows: list[Base] = session.info.pop(APPENDED, [])
    if not rows:
        return
    connection = session.connection()
    for row in rows:
        table = row.__table__
        assert isinstance(table, Table)
        values = {name: value for name, value in vars(row).items() if name in table.c}
        statement, processors = _insertion(table, tuple(values), connection.dialect)
        for name, process in processors.items():
            values[name] = process(values[name])
        connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=200)
def _insertion(
    table: Table, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, dict[str, Any]]:
    """The statement that inserts such rows, and how values become the driver's: made once."""
    missing = [c.name for c in table.c if c.name not in columns and c.default is not None]
    if missing:
        raise ValueError(f"{table.name}: an appended row names {', '.join(missing)} itself")
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    processors = {name: p for name, p in compiled._bind_processors.items() if callable(p)}
    return str(compiled), processors


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    if session.info.get(APPENDED):
        session.flush()
        _write_appended(session)


@event.listens_for(Session, "after_rollback")
def _after_rollback(session: Session) -> None:
    session.info.pop(APPENDED, None)


@contextmanager
def _pipeline(session: Session) -> Iterator[None]:
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    try:
        with raw.pipeline():
            yield
    except psycopg.Error as error:
        raise DBAPIError.instance(None, None, error, psycopg.Error) from error
