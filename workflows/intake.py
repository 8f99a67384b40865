"""From what somebody filled in to a command: one way for page, API and scenario.

A `Step` is one thing that a person is about to do: the command, its form, what the form knows
already and what it offers. It is worked out in a snapshot and used after that.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case import Case
from models.errors import Invalid, NotFound
from models.matter import Matter
from models.task import Task
from models.types import TaskState
from workflows import prefill
from workflows.actors import Actor
from workflows.catalogue import Catalogue, LoadedPack
from workflows.commands.all import COMMANDS
from workflows.commands.base import CaseCommand, Command, TaskCommand, fields_of
from workflows.forms import FieldType, Form, Options, initial, load, with_defaults
from workflows.packs.manifest import RECORD_FORM, StartBinding, TaskBinding

Binding = TaskBinding | StartBinding
PAIRED = "second_handler"
"""The field in which the second officer (协办人员, APL 42) is named."""


@dataclass(frozen=True)
class Step:
    """One command with its form, its explanation and its address."""

    command: str
    form: Form | None
    binding: Binding | None = None
    case_id: uuid.UUID | None = None
    task_id: uuid.UUID | None = None
    rev: int | None = None
    pack: str | None = None
    """Only for the command that opens a case: the pack that it will run."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: Options = field(default_factory=dict)
    matters: tuple[Matter, ...] = ()

    def blank(self) -> dict[str, Any]:
        """The values of an untouched page; where only one colleague can be second, that one."""
        if self.form is None:
            return {}
        values = initial(self.form, self.facts)
        others = [o.value for o in self._seconds() if o.value != self.facts["actor"]["key"]]
        if len(others) == 1 and PAIRED not in values:
            values[PAIRED] = others[0]
        return values

    def kept(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a page that somebody has begun to fill in: theirs before all defaults."""
        if self.form is None:
            return dict(typed)
        emptied: dict[str, Any] = {
            each.name: []
            for each in self.form.fields
            if each.type in (FieldType.CHOICES, FieldType.PERSONS)
            and each.name not in typed
            and (each.show is None or each.show.holds(typed))
        }
        return with_defaults(self.form.fields, {**emptied, **typed}, self.facts)

    def command_from(self, data: Mapping[str, Any], *, rev: int | None = None) -> Command:
        """The command that these values make; refused with every mistake at its field."""
        return self._build(self._values(data), rev)

    def _seconds(self) -> tuple[Any, ...]:
        if self.form is None or all(each.name != PAIRED for each in self.form.fields):
            return ()
        return tuple(self.options.get(self.form.field(PAIRED).options_from, ()))

    def _values(self, data: Mapping[str, Any]) -> dict[str, Any]:
        if self.form is None:
            return dict(data)
        loaded = load(self.form, data, options=self.options, facts=self.facts)
        if self.command == RECORD_FORM:
            return {"data": loaded}
        return {name: value for name, value in loaded.items() if value is not None}

    def _build(self, values: Mapping[str, Any], rev: int | None) -> Command:
        kind = COMMANDS[self.command]
        address: dict[str, Any] = {}
        if self.pack is not None:
            address["pack"] = self.pack
        elif issubclass(kind, CaseCommand):
            address["case_id"] = self.case_id
        if issubclass(kind, TaskCommand) and self.task_id is not None:
            address |= {"task_id": self.task_id, "rev": self.rev if rev is None else rev}
        try:
            return kind(**address, **values)
        except TypeError as error:
            raise Invalid() from error


@dataclass(frozen=True)
class Intake:
    """Works steps out, for one person at one instant."""

    session: Session
    catalogue: Catalogue
    actor: Actor
    now: datetime

    def opening(self, pack: str) -> Step:
        """The step that opens a case: registering a lead (线索登记)."""
        loaded = self.catalogue.current(self.session, pack)
        binding = loaded.manifest.start
        desk = prefill.Desk(self.session, self.actor, self.now, loaded)
        return self._step(desk, binding.command, binding.form, binding=binding, pack=pack)

    def task(self, task: Task) -> Step:
        """The step of a task, in the pack version that its case runs."""
        case = self.session.get_one(Case, task.case_id)
        desk = self._desk(case)
        binding = desk.pack.manifest.tasks[task.element]
        return self._step(
            desk, binding.command, binding.form or task.element, binding=binding, task=task
        )

    def form_of(self, task: Task) -> Form | None:
        """Only the form of a task, for keeping what is typed before it is worth checking."""
        pack = self._desk(self.session.get_one(Case, task.case_id)).pack
        binding = pack.manifest.tasks[task.element]
        return pack.form(binding.form or task.element)

    def element(self, case_id: uuid.UUID, element: str) -> Step:
        """The step of the diagram with this id, whether or not it waits now."""
        desk = self._desk(self._case(case_id))
        binding = desk.pack.manifest.tasks.get(element)
        if binding is None:
            raise NotFound()
        task = self._waiting(case_id, element)
        return self._step(
            desk, binding.command, binding.form or element, binding=binding, task=task
        )

    def command(self, case_id: uuid.UUID, name: str) -> Step:
        """A command of a case by its name: of a step, or one that may be given beside the steps."""
        desk = self._desk(self._case(case_id))
        for element, binding in desk.pack.manifest.tasks.items():
            if binding.command == name:
                return self.element(case_id, element)
        if name not in COMMANDS:
            raise NotFound()
        side = desk.pack.manifest.started_by(name)
        if side is not None:
            return self._step(desk, name, side.start.form, binding=side.start)
        return self._step(desk, name, _form_beside(desk.pack, name))

    def outside(self, name: str, pack: str = "ordinary") -> Step:
        """A command outside any case (devices, recordings), with its form of the shared folder."""
        if name not in COMMANDS or issubclass(COMMANDS[name], CaseCommand):
            raise NotFound()
        loaded = self.catalogue.current(self.session, pack)
        desk = prefill.Desk(self.session, self.actor, self.now, loaded)
        return self._step(desk, name, _form_beside(loaded, name))

    def side(self, case_id: uuid.UUID, name: str) -> Step:
        """The command that starts a side process of the case's pack."""
        side = self._desk(self._case(case_id)).pack.manifest.side.get(name)
        if side is None:
            raise NotFound()
        return self.command(case_id, side.start.command)

    def _case(self, case_id: uuid.UUID) -> Case:
        case = self.session.get(Case, case_id)
        if case is None:
            raise NotFound()
        return case

    def _desk(self, case: Case) -> prefill.Desk:
        pack = self.catalogue.version(self.session, case.pack_version_id)
        return prefill.Desk(self.session, self.actor, self.now, pack, case)

    def _waiting(self, case_id: uuid.UUID, element: str) -> Task | None:
        return self.session.scalar(
            select(Task).where(
                Task.case_id == case_id, Task.element == element, Task.state == TaskState.OPEN
            )
        )

    def _step(
        self,
        desk: prefill.Desk,
        command: str,
        form: str | None,
        *,
        binding: Binding | None = None,
        task: Task | None = None,
        pack: str | None = None,
    ) -> Step:
        loaded = desk.pack.form(form) if form else None
        needs = prefill.Needs.of(loaded) if loaded else None
        return Step(
            command=command,
            form=loaded,
            binding=binding,
            case_id=desk.case.id if desk.case else None,
            task_id=task.id if task else None,
            rev=task.rev if task else None,
            pack=pack,
            facts=prefill.facts(desk, needs) if needs else {},
            options=prefill.options(desk, needs) if needs else {},
            matters=self._matters(desk, loaded),
        )

    def _matters(self, desk: prefill.Desk, form: Form | None) -> tuple[Matter, ...]:
        if form is None or all(each.type is not FieldType.MATTER for each in form.fields):
            return ()
        subjects = [desk.case.subject_id] if desk.case else sorted(self.actor.subjects(), key=str)
        found = {m.key: m for s in subjects for m in prefill.matters(desk, s)}
        return tuple(found.values())


def _form_beside(pack: LoadedPack, command: str) -> str | None:
    """The form of a command that no step binds: `AddEvidence` has `add_evidence`."""
    name = "".join("_" + c.lower() if c.isupper() else c for c in command).lstrip("_")
    return name if pack.files.find(f"forms/{name}.yaml") else None


def takes_second(command: str) -> bool:
    """Whether two officers do it together and the second one must be named."""
    return PAIRED in fields_of(COMMANDS[command])
