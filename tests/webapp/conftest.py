"""Pages in tests: real routes over a real database, people signed in without their password.

`web` has the demo district and no case; `web_at("legal_review")` has the fruit shop's case, which
waits at that step. Both start in the time that a clone of a database takes.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models.case import Case
from models.person import Person
from models.task import Task
from models.types import TaskState
from tests.database import Databases, build_bureau, settings_for
from tests.webapp.walking import walk
from webapp import create_app
from workflows.bootstrap import Application, build
from workflows.later import Collected
from workflows.trials.scenarios import moment
from workflows.trials.theatre import MovableClock, Theatre

MORNING = "2025-09-08T09:00"


@dataclass
class Web:
    """One installation with its pages, its people and a clock that tests move."""

    app: Flask
    theatre: Theatre
    case_id: uuid.UUID | None = None
    _clients: dict[str, FlaskClient] = field(default_factory=dict)

    @property
    def application(self) -> Application:
        """The program behind the pages."""
        return self.theatre.application

    def client(self, person: str, *, fresh: bool = True) -> FlaskClient:
        """A browser in which the person (by key) has signed in; `fresh` means just now."""
        client = self.app.test_client()
        row = self.one(select(Person).where(Person.key == person))
        at = datetime.now(UTC) if fresh else datetime.now(UTC) - timedelta(hours=1)
        with client.session_transaction() as session:
            session["_user_id"] = f"{row.id}:{row.session_epoch}"
            session["_fresh"] = True
            session["signed_in_at"] = at.isoformat()
        return client

    def one(self, query: Any) -> Any:
        """The first row of a query, detached."""
        with self.application.transactions.read() as session:
            return session.scalars(query).first()

    def all(self, query: Any) -> list[Any]:
        """All rows of a query, detached."""
        with self.application.transactions.read() as session:
            return list(session.scalars(query))

    def case(self) -> Case:
        """The case as it stands."""
        return self.one(select(Case).where(Case.id == self.case_id))  # type: ignore[no-any-return]

    def task(self, element: str | None = None) -> Task:
        """The open task of the case (at the element, where one is named)."""
        query = select(Task).where(Task.case_id == self.case_id, Task.state == TaskState.OPEN)
        found = self.one(query.where(Task.element == element) if element else query)
        assert found is not None, f"nothing waits at {element}"
        return found  # type: ignore[no-any-return]

    def move_to(self, at: str) -> None:
        """Let time pass to a Shanghai moment; clocks on the way fire."""
        self.theatre.move_to(moment(at), self.case_id)


def _program(url: str, var: Path) -> Theatre:
    clock, later = MovableClock(), Collected()
    clock.now = moment(MORNING).astimezone(UTC)
    return Theatre(build(settings_for(url, var), clock=clock, later=later), clock, later)


def _walked(url: str, until: str, visit: int) -> None:
    with tempfile.TemporaryDirectory() as var:
        theatre = _program(url, Path(var))
        walk(theatre, until, visit=visit)
        theatre.application.close()


@pytest.fixture
def web_at(databases: Databases, tmp_path: Path) -> Iterator[Callable[..., Web]]:
    """The demo district with the fruit shop's case waiting at a step (None: without any case)."""
    with ExitStack() as stack:

        def made(until: str | None = None, *, visit: int = 1) -> Web:
            url = _database(databases, until, visit)
            stack.callback(databases.drop, url)
            web = _web(url, tmp_path)
            stack.callback(web.application.close)
            return web

        yield made


def _database(databases: Databases, until: str | None, visit: int) -> str:
    url = databases.with_bureau()
    if until is None:
        return url
    name = f"web {until} {visit}"
    bureau = databases.template("bureau", build_bureau)  # as with_bureau has just built it
    databases.drop(url)
    template = databases.template_from(bureau, name, lambda new: _walked(new, until, visit))
    return databases.clone(template)


def open_web(databases: Databases, var: Path, until: str | None = None, *, visit: int = 1) -> Web:
    """An installation that the caller closes and drops, for fixtures of wider scope."""
    return _web(_database(databases, until, visit), var)


def _web(url: str, var: Path) -> Web:
    theatre = _program(url, var)
    app = create_app(theatre.application.settings, application=theatre.application)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    web = Web(app, theatre)
    case = web.one(select(Case))
    if case is not None:
        web.case_id = case.id
        last = web.one(select(Task.opened_at).order_by(Task.opened_at.desc()))
        theatre.clock.now = last + timedelta(minutes=30)
    return web


@pytest.fixture
def web(web_at: Callable[..., Web]) -> Web:
    """The demo district without any case."""
    return web_at()


@pytest.fixture
def client_of(web: Web) -> Callable[..., FlaskClient]:
    """Browsers in which somebody of the demo district has signed in."""
    return web.client
