"""Where scenarios are played: a program with a movable clock whose jobs run at once."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from models.clock import StatutoryClock
from models.duration import law_day
from models.errors import DomainError, NotFound
from models.person import Person
from models.types import ClockState
from workflows.actors import SYSTEM, Actor, load_actor
from workflows.bootstrap import Application
from workflows.commands.all import COMMANDS
from workflows.commands.base import CaseCommand, Command
from workflows.commands.desk import FireClock
from workflows.dispatch import Result
from workflows.intake import PAIRED, Intake, Step, takes_second
from workflows.later import Collected

JobRunner = Callable[[str, dict[str, Any]], None]


class MovableClock:
    """A clock that stands where the story is."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Theatre:
    """One throw-away program: acts, clocks, jobs."""

    application: Application
    clock: MovableClock
    later: Collected
    run_job: JobRunner | None = None
    """Carries deferred jobs out at once; None leaves documents unrendered."""

    def act(self, command: Command, actor: Actor) -> Result:
        """One act and the jobs that it deferred; a refused act defers none."""
        try:
            result = self.application.dispatcher.execute(command, actor=actor)
        except DomainError:
            self.later.take()
            raise
        for job, arguments in self.later.take():
            if self.run_job is not None:
                self.run_job(job, arguments)
        return result

    def person(self, key: str) -> Actor:
        """The person as of the story's day."""
        with self.application.transactions.read() as session:
            person_id = session.scalar(select(Person.id).where(Person.key == key))
            actor = person_id and load_actor(session, person_id, law_day(self.clock.now))
        if not actor:
            raise NotFound()
        return replace(actor, via="scenario", fresh=True)

    def move_to(self, moment: datetime, *only: uuid.UUID | None) -> None:
        """Let time pass: clocks that fall due on the way (all, or those of some cases) fire, each
        at its own moment."""
        while due := self._next_due(moment, [case_id for case_id in only if case_id]):
            self.clock.now = max(self.clock.now, due.due_at)
            self.act(FireClock(case_id=due.case_id, clock_id=due.id), SYSTEM)
        self.clock.now = moment.astimezone(UTC)

    def _next_due(self, moment: datetime, only: list[uuid.UUID]) -> StatutoryClock | None:
        query = select(StatutoryClock).where(
            StatutoryClock.state == ClockState.RUNNING, StatutoryClock.due_at <= moment
        )
        if only:
            query = query.where(StatutoryClock.case_id.in_(only))
        with self.application.transactions.read() as session:
            return session.scalar(query.order_by(StatutoryClock.due_at).limit(1))


@dataclass(frozen=True)
class Wish:
    """What someone wants done, before it is a command."""

    actor: Actor
    case_id: uuid.UUID | None = None
    element: str | None = None
    command: str | None = None
    side: str | None = None
    second: str | None = None
    data: Mapping[str, Any] | None = None
    pack: str = "ordinary"


def command_of(application: Application, wish: Wish) -> Command:
    """The command that a page would send: the same form, defaults, options and checks."""
    with application.transactions.read() as session:
        intake = Intake(session, application.catalogue, wish.actor, application.clock())
        step = _step(intake, wish)
    data = dict(wish.data or {})
    if wish.second is not None and takes_second(step.command):
        data.setdefault(PAIRED, wish.second)
    return step.command_from(data)


def _outside(command: str) -> bool:
    """Whether the command is given outside any case."""
    return command in COMMANDS and not issubclass(COMMANDS[command], CaseCommand)


def _step(intake: Intake, wish: Wish) -> Step:
    if wish.command is not None and _outside(wish.command):
        return intake.outside(wish.command, wish.pack)
    if wish.case_id is None:
        return intake.opening(wish.pack)
    if wish.element is not None:
        return intake.element(wish.case_id, wish.element)
    if wish.side is not None:
        return intake.side(wish.case_id, wish.side)
    return intake.command(wish.case_id, wish.command or "")
