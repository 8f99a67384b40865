"""Fixtures of the pipeline's tests: the program without its web, a case at any step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.database import Databases
from tests.webapp.conftest import open_web
from tests.webapp.walking import story
from workflows.trials.theatre import Theatre


@dataclass
class Stage(Theatre):
    """The program with a movable clock, and the key of the fruit shop's case."""

    case_id: UUID | None = None

    @property
    def case(self) -> UUID:
        """The case of scenario 1."""
        assert self.case_id is not None
        return self.case_id


@pytest.fixture
def stage_at(databases: Databases, tmp_path: Path) -> Iterator[Callable[[str], Stage]]:
    """`stage_at("legal_review")`: the case of scenario 1 waits there, at its moment."""
    with ExitStack() as stack:

        def made(until: str) -> Stage:
            web = open_web(databases, tmp_path, until)
            stack.callback(databases.drop, web.application.settings.database_url)
            stack.callback(web.application.close)
            theatre: Any = web.theatre
            theatre.move_to(next(s.at for s in story().steps if s.task == until), web.case_id)
            return Stage(theatre.application, theatre.clock, theatre.later, case_id=web.case_id)

        yield made
