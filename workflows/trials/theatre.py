"""Where scenarios are played: a program with a movable clock whose jobs run at once."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case
from models.clock import StatutoryClock
from models.duration import law_day
from models.errors import DomainError, Invalid, NotFound
from models.person import Person
from models.task import Task
from models.types import ClockState, TaskState
from workflows import prefill
from workflows.actors import SYSTEM, Actor, load_actor
from workflows.bootstrap import Application
from workflows.catalogue import LoadedPack
from workflows.commands.all import COMMANDS
from workflows.commands.base import CaseCommand, Command, TaskCommand, fields_of
from workflows.commands.desk import FireClock
from workflows.dispatch import Result
from workflows.forms import Form, load
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

    def move_to(self, moment: datetime, case_id: uuid.UUID | None = None) -> None:
        """Let time pass: clocks that fall due on the way fire, each at its own moment."""
        while due := self._next_due(moment, case_id):
            self.clock.now = max(self.clock.now, due.due_at)
            self.act(FireClock(case_id=due.case_id, clock_id=due.id), SYSTEM)
        self.clock.now = moment.astimezone(UTC)

    def _next_due(self, moment: datetime, case_id: uuid.UUID | None) -> StatutoryClock | None:
        query = select(StatutoryClock).where(
            StatutoryClock.state == ClockState.RUNNING, StatutoryClock.due_at <= moment
        )
        if case_id is not None:
            query = query.where(StatutoryClock.case_id == case_id)
        with self.application.transactions.read() as session:
            return session.scalar(query.order_by(StatutoryClock.due_at).limit(1))


@dataclass(frozen=True)
class Wish:
    """What someone wants done, before it is a command."""

    actor: Actor
    case_id: uuid.UUID | None = None
    element: str | None = None
    command: str | None = None
    second: str | None = None
    data: Mapping[str, Any] | None = None
    pack: str = "ordinary"


def command_of(application: Application, wish: Wish) -> Command:
    """The command that a page would send: the same form, defaults, options and checks."""
    now = application.clock()
    with application.transactions.read() as session:
        if wish.case_id is None:
            return _start(application, session, wish, now)
        case = session.get(Case, wish.case_id)
        if case is None:
            raise NotFound()
        pack = application.catalogue.version(session, case.pack_version_id)
        name, form_name, element = _bound(pack, wish)
        desk = prefill.Desk(session, wish.actor, now, pack, case)
        values = _values(desk, pack.form(form_name) if form_name else None, name, wish)
        task = _open_task(session, case.id, element) if element else None
        return build(name, values, case_id=case.id, task=task)


def _start(application: Application, session: Session, wish: Wish, now: datetime) -> Command:
    pack = application.catalogue.current(session, wish.pack)
    binding = pack.manifest.start
    desk = prefill.Desk(session, wish.actor, now, pack)
    values = _values(desk, pack.form(binding.form), binding.command, wish)
    return COMMANDS[binding.command](**values, pack=wish.pack)


def _bound(pack: LoadedPack, wish: Wish) -> tuple[str, str | None, str | None]:
    """(command, form, element) of a wish that names an element or a command."""
    tasks = pack.manifest.tasks
    if wish.element is not None:
        if wish.element not in tasks:
            raise NotFound()
        binding = tasks[wish.element]
        return binding.command, binding.form or wish.element, wish.element
    name = wish.command or ""
    if name not in COMMANDS:
        raise NotFound()
    bound = next(((e, b) for e, b in tasks.items() if b.command == name), None)
    if bound is not None:
        return name, bound[1].form or bound[0], bound[0]
    form = "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")
    return name, form if pack.files.find(f"forms/{form}.yaml") else None, None


def _values(desk: prefill.Desk, form: Form | None, command: str, wish: Wish) -> dict[str, Any]:
    data = dict(wish.data or {})
    known = fields_of(COMMANDS[command])
    if wish.second is not None and "second_handler" in known:
        data.setdefault("second_handler", wish.second)
    if form is None:
        return data
    loaded = load(form, data, options=prefill.options(desk), facts=prefill.facts(desk))
    if command == "RecordForm":
        return {"data": loaded}
    return {k: v for k, v in loaded.items() if v is not None}


def build(
    name: str, values: Mapping[str, Any], *, case_id: uuid.UUID, task: Task | None
) -> Command:
    """The command object from checked values."""
    command = COMMANDS[name]
    address: dict[str, Any] = {"case_id": case_id} if issubclass(command, CaseCommand) else {}
    if issubclass(command, TaskCommand) and task is not None:
        address |= {"task_id": task.id, "rev": task.rev}
    try:
        return command(**address, **values)
    except TypeError as error:
        raise Invalid() from error


def _open_task(session: Session, case_id: uuid.UUID, element: str) -> Task | None:
    return session.scalar(
        select(Task).where(
            Task.case_id == case_id, Task.element == element, Task.state == TaskState.OPEN
        )
    )
