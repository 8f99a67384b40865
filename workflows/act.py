"""One act in progress: what guards and handlers are given, and what handlers give back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from models.case import Case
from models.duration import law_day
from models.errors import Text
from models.events import Event
from models.person import Person
from models.process import ProcessInstance
from models.task import Task
from workflows.actors import Actor, Holding
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue, LoadedPack
from workflows.clocks import ClockKeeper
from workflows.lawbook import LawBook
from workflows.numbers import NumberRegister
from workflows.people import Directory
from workflows.record import Record
from workflows.signing import Signer

Scalar = bool | int | str


@dataclass(frozen=True, slots=True)
class Issue:
    """A document to be issued: kind (D01...), number if it has one, the row that it is about."""

    kind: str
    number: str | None = None
    about: Any = None
    key: uuid.UUID | None = None
    """The key that the document is to have, where something points to it already."""


@dataclass(slots=True)
class Outcome:
    """What a handler did: facts for the timeline, routing for the process, documents."""

    events: list[Event] = field(default_factory=list)
    routing: dict[str, Scalar] = field(default_factory=dict)
    documents: list[Issue] = field(default_factory=list)
    jobs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Work for after the commit: (name in `workflows.queue.JOBS`, plain arguments)."""
    starts: bool = False
    """Whether the act starts the main process of its case."""
    opens: list[str] = field(default_factory=list)
    """Side processes that the act brings about (a remedy that succeeds opens the withdrawal of the
    publication and the refund). One that the pack has not taken, or that is open already, is left
    out; the stage does not matter, for here the law starts it and no person."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Plain values for the caller, such as the key of what was made."""


@dataclass(kw_only=True)
class Act:
    """Everything about the command being executed. Guards read it, handlers write through it."""

    session: Session
    now: datetime
    actor: Actor
    law: LawBook
    blobs: BlobStore
    people: Directory
    catalogue: Catalogue
    signer: Signer | None = None
    """Who makes signatures; only where an act may sign."""
    grant: Holding | None = None
    _case: Case | None = None
    task: Task | None = None
    process: ProcessInstance | None = None
    pack: LoadedPack | None = None
    fired: str | None = None
    """Code of the statutory clock that has just run out, for the process to hear of it."""

    @property
    def today(self) -> date:
        """The Shanghai day."""
        return law_day(self.now)

    @property
    def case(self) -> Case:
        """The locked case."""
        if self._case is None:
            raise LookupError("this act is outside any case")
        return self._case

    @case.setter
    def case(self, case: Case) -> None:
        self._case = case

    @property
    def has_case(self) -> bool:
        """Whether the act is in a case."""
        return self._case is not None

    @cached_property
    def record(self) -> Record:
        """The record of the case."""
        return Record(self.session, self.case)

    @cached_property
    def clocks(self) -> ClockKeeper:
        """The clocks of the case."""
        return ClockKeeper(self.session, self.case, self.law, self.now)

    @cached_property
    def numbers(self) -> NumberRegister:
        """The number register of the case's legal subject."""
        return NumberRegister(self.session, self.case, self.now)

    @property
    def acting_for(self) -> uuid.UUID | None:
        """The absent person whose role is used."""
        return self.grant.acting_for if self.grant else None

    def parameter(self, key: str, day: date | None = None) -> Any:
        """A dated parameter for the case's legal subject; the day is today unless told."""
        return self.law.value(key, day or self.today, self.case.subject_id)

    def stamp(self) -> dict[str, Any]:
        """What each row of the record carries."""
        return {
            "id": uuid.uuid4(),
            "case_id": self.case.id,
            "recorded_at": self.now,
            "recorded_by_id": self.actor.id,
        }

    def person(self, key: str) -> Person:
        """A person whose existence the guards have checked."""
        return self.people.get(key)

    def round(self, rows: Sequence[object]) -> int:
        """The number of the next round."""
        return len(rows) + 1


def told(tag: str, zh: str, en: str, *, important: bool = True, **details: Any) -> Event:
    """An event with its sentence in both languages."""
    return Event(tag=tag, text=Text(zh, en), details=details, important=important)
