"""Rows of one act go to the server together: one wait for all of them, not one for each.

psycopg's pipeline mode lets statements follow each other without waiting for each answer. The
order stays, and so does the transaction: when one fails, the rest is skipped and all of it is
undone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from psycopg.abc import Params
from sqlalchemy import event, insert
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
    """Add a row that nobody changes or reads again before the commit (audit, cold history).

    It is written after everything else, past the session's unit of work, which costs as much as
    the statement itself.
    """
    session.info.setdefault(APPENDED, []).append(row)


def flush(session: Session) -> None:
    """Write what the session holds, in one pipeline; errors are SQLAlchemy's, as ever."""
    if not (session.new or session.dirty or session.deleted or session.info.get(APPENDED)):
        return
    with _pipeline(session):
        session.flush()
        _write_appended(session)


def _write_appended(session: Session) -> None:
    rows: list[Base] = session.info.pop(APPENDED, [])
    connection = session.connection() if rows else None
    for row in rows:
        values = {name: value for name, value in vars(row).items() if name in row.__table__.c}
        assert connection is not None
        connection.execute(insert(row.__table__), values)  # type: ignore[arg-type]


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
