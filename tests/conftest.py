"""Fixtures that any test may ask for. PostgreSQL starts when the first test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.database import Databases, engine_for, server, settings_for
from workflows.settings import Settings

if TYPE_CHECKING:
    from workflows.bootstrap import Application


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Makes databases: ``fresh()``, ``template(name, build)`` and ``clone(name)``."""
    with server() as made:
        yield made
        made.drop_templates()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own, all tables, no rows; real commits are fine here."""
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the test's own database."""
    made = engine_for(database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def shared_engine(databases: Databases) -> Iterator[Engine]:
    """An engine on one database for the whole run, for tests that roll back."""
    url = databases.fresh()
    made = engine_for(url)
    yield made
    made.dispose()
    databases.drop(url)


@pytest.fixture
def session(shared_engine: Engine) -> Iterator[Session]:
    """A session whose work, commits included, is rolled back after the test: the fast one."""
    with shared_engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as made:
            yield made
        outer.rollback()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """An installation on the test's own database and folder."""
    return settings_for(database_url, tmp_path)


@pytest.fixture
def application(settings: Settings) -> Iterator[Application]:
    """The whole program without its web, on a database without a row."""
    from workflows.bootstrap import build

    made = build(settings)
    yield made
    made.close()


@pytest.fixture
def bureau(databases: Databases, tmp_path: Path) -> Iterator[Application]:
    """The whole program without its web: law, packs and the demo district's people are in."""
    from workflows.bootstrap import build

    url = databases.with_bureau()
    made = build(settings_for(url, tmp_path))
    yield made
    made.close()
    databases.drop(url)
