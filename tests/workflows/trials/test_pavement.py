"""The demo's cases of the short procedures are lawful, and one of each waits for somebody."""

from __future__ import annotations

from sqlalchemy import select

from models.case import Case
from models.task import Task
from models.types import TaskState
from tests.workflows.trials.test_demo import REFERENCE, TODAY, stage
from workflows.bootstrap import Application
from workflows.trials.demo import Demo, Outcome
from workflows.trials.pavement import FEWEST, short_stories
from workflows.trials.theatre import MovableClock

__all__ = ["stage"]


def test_short_procedures_are_played_without_a_refusal(
    stage: tuple[Application, MovableClock],
) -> None:
    application, clock = stage
    stories = short_stories(REFERENCE.calendar, TODAY, FEWEST)
    outcome = Outcome(total=len(stories))
    Demo(application, clock, REFERENCE)._season(stories, TODAY, outcome)
    assert outcome.failures == []
    with application.transactions.read() as session:
        cases = session.scalars(select(Case)).all()
        assert sorted(case.procedure for case in cases) == ["quick", "quick", "simple", "simple"]
        waiting = set(session.scalars(select(Task.element).where(Task.state == TaskState.OPEN)))
    assert {"hand_in_cash", "quick_record", "record_payment"} <= waiting


def test_a_small_demo_has_the_ordinary_procedure_alone() -> None:
    assert short_stories(REFERENCE.calendar, TODAY, FEWEST - 1) == []
