"""A database that knows law and people, and the case of scenario 1 in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.building import rolled_back
from tests.database import Databases, engine_for
from tests.story import Story


@pytest.fixture(scope="session")
def bureau_engine(databases: Databases) -> Iterator[Engine]:
    """An engine on one database with the shipped reference data, for tests that roll back."""
    url = databases.with_bureau()
    engine = engine_for(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def session(bureau_engine: Engine) -> Iterator[Session]:
    """A session on it whose work is rolled back after the test."""
    with rolled_back(bureau_engine) as made:
        yield made


@pytest.fixture
def story(session: Session) -> Story:
    """The lead of scenario 1, nothing done yet."""
    return Story(session)
