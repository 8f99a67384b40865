"""Shipped scenarios played through the real door, as far as a test needs them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from models.clock import StatutoryClock
from models.types import ClockState
from tests.database import ROOT, Databases, build_bureau, build_schema, settings_for
from tests.workflows.reference.shipped import FIXTURES
from workflows.bootstrap import Application, build
from workflows.later import Collected, Later
from workflows.queue import Queue
from workflows.scheduler import Scheduler
from workflows.trials.player import play
from workflows.trials.scenarios import moment, read_scenario
from workflows.trials.theatre import MovableClock, Theatre

STREET_CASE = ROOT / "bpmn" / "ordinary" / "scenarios" / "street_case.yaml"
"""Scenario 1: from the lead to the archived file."""


@dataclass(frozen=True)
class Stage:
    """A program whose clock stands where the story left it."""

    application: Application
    clock: MovableClock
    later: Collected
    theatre: Theatre

    def play(self, before: str | None = None, scenario: Path = STREET_CASE) -> uuid.UUID:
        """Take the scenario's steps that lie before a Shanghai time, or all of them."""
        story = read_scenario(scenario)
        steps = tuple(s for s in story.steps if before is None or s.at < moment(before))
        report = play(self.theatre, replace(story, steps=steps), FIXTURES)
        assert report.ok, [one.differences for one in report.played if one.differences]
        assert report.case_id is not None
        return report.case_id

    def scheduler(self) -> Scheduler:
        """The scheduler as the worker makes it."""
        it = self.application
        return Scheduler(it.dispatcher, it.notes, it.clock)

    def running(self, case_id: uuid.UUID, code: str) -> StatutoryClock:
        """The clock of the case that runs under this code."""
        with self.application.transactions.read() as session:
            return session.scalars(
                select(StatutoryClock).where(
                    StatutoryClock.case_id == case_id,
                    StatutoryClock.code == code,
                    StatutoryClock.state == ClockState.RUNNING,
                )
            ).one()


@contextmanager
def staged(url: str, folder: Path, later: Later | None = None) -> Iterator[Stage]:
    """A stage on the database `url`; jobs are collected unless there is another `later`."""
    clock, collected = MovableClock(), Collected()
    settings = replace(settings_for(url, folder), clock_file=None)
    application = build(settings, clock=clock, later=later or collected)
    try:
        yield Stage(application, clock, collected, Theatre(application, clock, collected))
    finally:
        application.close()


def archived(databases: Databases, folder: Path) -> str:
    """The URL of a database with one archived case, all its jobs still in the queue."""

    def fill(url: str) -> None:
        with staged(url, folder, Queue()) as stage:
            stage.play()

    shape = databases.template("models", build_schema)
    base = databases.template_from(shape, "bureau", build_bureau)
    return databases.clone(databases.template_from(base, "archived case", fill))
