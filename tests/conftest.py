"""Fixtures that any test may ask for. PostgreSQL starts when the first test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.database import Databases, engine_for, server
from workflows.settings import Settings


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
    return Settings(
        database_url=database_url,
        var=tmp_path,
        secret_key="for tests only, signs nothing real",
        blobs=str(tmp_path / "blobs"),
        demo=True,
        clock_file=tmp_path / "clock",
        secure_cookies=False,
        pool_size=4,
    )


@pytest.fixture
def application(settings: Settings) -> Any:
    """The whole program without its web: dispatcher, packs, clock, blobs."""
    from workflows.bootstrap import build

    return build(settings)
