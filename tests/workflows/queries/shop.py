"""The case of scenario 1 in a database that tests clone, and eyes to look at it with."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models.case import Case
from models.duration import law_day
from models.person import Person
from models.task import Task
from tests.database import Databases, build_bureau, settings_for
from tests.webapp.walking import walk
from workflows.actors import Actor, load_actor
from workflows.bootstrap import Application, build
from workflows.later import Collected
from workflows.trials.theatre import MovableClock, Theatre


@dataclass
class Shop:
    """One program with one case, at the moment of the case's last step."""

    application: Application
    case_id: uuid.UUID
    now: datetime
    statements: list[str] = field(default_factory=list)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot that counts what it asks the database."""
        self.statements.clear()
        with self.application.transactions.read() as session:
            yield session

    def actor(self, key: str) -> Actor:
        """A person of the demo district today."""
        with self.application.transactions.read() as session:
            person = session.scalars(select(Person).where(Person.key == key)).one()
            found = load_actor(session, person.id, law_day(self.now))
        assert found is not None
        return found


def template(databases: Databases, until: str | None) -> str:
    """The name of a database in which the case waits at `until`."""
    databases.drop(databases.with_bureau())  # so that its template is there
    bureau = databases.template("bureau", build_bureau)
    return databases.template_from(bureau, f"shop {until}", lambda url: _walk(url, until))


def _walk(url: str, until: str | None) -> None:
    with tempfile.TemporaryDirectory() as var:
        clock, later = MovableClock(), Collected()
        clock.now = datetime(2025, 9, 8, 1, tzinfo=UTC)
        theatre = Theatre(
            build(settings_for(url, Path(var)), clock=clock, later=later), clock, later
        )
        walk(theatre, until)
        theatre.application.close()


def opened(application: Application) -> Shop:
    """The program with its case."""
    with application.transactions.read() as session:
        case_id = session.scalars(select(Case.id)).one()
        opened_at = session.scalars(select(Task.opened_at).order_by(Task.opened_at.desc())).first()
        closed_at = session.scalars(select(Case.archived_at)).one()
    assert opened_at is not None
    shop = Shop(application, case_id, max(opened_at, closed_at or opened_at))

    @event.listens_for(application.engine, "before_cursor_execute")
    def _count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        shop.statements.append(statement)

    return shop
