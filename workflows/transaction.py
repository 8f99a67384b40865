"""The only place where a transaction begins and ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from workflows import pipelining


class Transactions:
    """Opens sessions. Entered by dispatch, and by notes for its own rows; by nobody else."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # Rows are written when a step needs them written, not before each look: an act then
        # costs one flush, and each row of it one statement.
        self._sessions = sessionmaker(engine, expire_on_commit=False, autoflush=False)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: everything inside happens, or nothing does."""
        with self._sessions() as session:
            try:
                yield session
                pipelining.flush(session)
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot that cannot write; what is loaded may be used after it closes."""
        with self._sessions() as session:
            session.execute(text("set transaction isolation level repeatable read read only"))
            try:
                yield session
            finally:
                # What was loaded stays as it was seen; a rollback alone would expire it.
                session.expunge_all()
                session.rollback()
