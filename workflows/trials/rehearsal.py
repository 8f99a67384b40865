"""Rehearsing scenarios from files: a throw-away database each, filled once a set of givens."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine

from workflows.bootstrap import build, deploy_packs, load_bureau
from workflows.database import connect
from workflows.later import Collected
from workflows.reference.book import load_reference
from workflows.reference.fixtures import load_fixtures
from workflows.settings import Settings
from workflows.trials.given import shared_with
from workflows.trials.player import Report, play
from workflows.trials.scenarios import Scenario, read_scenario
from workflows.trials.theatre import MovableClock, Theatre


class ThrowAway(Protocol):
    """Gives databases that nobody needs afterwards."""

    def empty(self) -> str:
        """The URL of a fresh database with the program's shape and no rows."""

    def drop(self, url: str) -> None:
        """Forget it."""


@contextmanager
def theatre(engine: Engine, url: str, folder: Path) -> Iterator[Theatre]:
    """A program on a database of its own, with a movable clock and jobs kept in hand."""
    settings = Settings(
        database_url=url,
        var=folder,
        secret_key="scenarios sign nothing",
        blobs=str(folder / "blobs"),
        demo=True,
    )
    clock, later = MovableClock(), Collected()
    application = build(settings, clock=clock, later=later, engine=engine)
    try:
        yield Theatre(application, clock, later)
    finally:
        application.close()


def rehearse(
    scenario: Scenario, databases: ThrowAway, *, with_jobs: Callable[[Theatre], Any] | None = None
) -> Report:
    """Play one scenario on its own database."""
    url = databases.empty()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="rehearsal-") as folder,
            shared_with(scenario.given) as shared,
            theatre(connect(url, pool_size=2), url, Path(folder)) as stage,
        ):
            load_bureau(stage.application, "unused-in-scenarios", shared)
            deploy_packs(stage.application)
            if with_jobs is not None:
                stage.run_job = with_jobs(stage)
            fixtures = load_fixtures(shared / "fixtures", load_reference(shared))
            return play(stage, scenario, fixtures)
    finally:
        databases.drop(url)


def scenarios_under(paths: Iterable[Path]) -> list[Scenario]:
    """The scenarios of files, or of whole pack folders."""
    found: list[Scenario] = []
    for path in paths:
        if path.is_dir():
            inner = path / "scenarios" if (path / "scenarios").is_dir() else path
            found += [read_scenario(p) for p in sorted(inner.rglob("*.yaml"))]
        else:
            found.append(read_scenario(path))
    return found
