"""The two doors: `execute` for every change, `read` for every look.

One command, one transaction, always in this order: receipt, lock, permission, guards, handler,
engine, projections, documents, audit, jobs, commit. A refusal changes nothing in the record; the
attempt is noted.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn, TypeVar

import orjson
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.audit import CommandReceipt
from models.duration import law_day
from models.errors import (
    DomainError,
    Forbidden,
    FreshSignInNeeded,
    NotFound,
    Refused,
    Stale,
    Text,
    Violation,
)
from models.task import Task
from workflows import audit, issuing, locking, permissions, projection, reporting, stepping
from workflows.act import Act, Outcome
from workflows.actors import Actor, Holding
from workflows.blobs import BlobStore
from workflows.catalogue import Catalogue
from workflows.changes import ChangeLog
from workflows.commands.base import Command, TaskCommand, payload_of, plain
from workflows.later import Later
from workflows.lawbook import lawbook
from workflows.notes import Notes
from workflows.people import Directory
from workflows.registry import Registry
from workflows.signing import Signer
from workflows.transaction import Transactions

T = TypeVar("T")

NOT_OPEN = Text(
    "这一步现在不在待办：案件还没有走到，或者已经办过。",
    "This step is not open now: the case has not reached it, or it is done.",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did, in plain values; a repeated idempotency key gives the same again."""

    case_id: uuid.UUID | None
    events: list[dict[str, Any]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    stage: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """An idempotency key and the fingerprint of the wish that it stands for."""

    key: str
    fingerprint: str


class _Undone(Exception):
    """The way out of a rehearsal: the transaction is rolled back."""


class Dispatcher:
    """Holds what every act needs; made once by bootstrap."""

    def __init__(
        self,
        *,
        transactions: Transactions,
        registry: Registry,
        catalogue: Catalogue,
        notes: Notes,
        later: Later,
        blobs: BlobStore,
        signer: Signer,
        clock: Callable[[], datetime],
    ) -> None:
        self.transactions = transactions
        self.registry = registry
        self.catalogue = catalogue
        self.notes = notes
        self.later = later
        self.blobs = blobs
        self.signer = signer
        self.clock = clock

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Session]:
        """A read-only snapshot. Queries filter with `permissions.visible_to(actor)` themselves."""
        with self.transactions.read() as session:
            yield session

    def execute(
        self, command: Command, *, actor: Actor, key: str | None = None, sent: str | None = None
    ) -> Result:
        """Carry a command out or refuse it. `key`: the caller's idempotency key. `sent`: the
        fingerprint of what the caller sent, where defaults that move with time are filled in."""
        now = self.clock()
        once = Once(key, sent or _fingerprint(command)) if key is not None else None
        try:
            with self.transactions.write() as session:
                return self._execute(session, command, actor, once, now)
        except (DomainError, IntegrityError) as error:
            # The same wish may have been on its way twice: the second one waited for the first.
            if once is not None and (first := self._done_already(actor, once)):
                return first
            if isinstance(error, DomainError):
                self.notes.refused(command, actor, error, now)
            raise

    def earlier(self, actor: Actor, key: str, sent: str) -> Result | None:
        """What the wish with this key has done already; Stale when it was another wish."""
        with self.transactions.read() as session:
            return _receipt(session, actor, Once(key, sent))

    def rehearse(
        self, command: Command, *, actor: Actor, look: Callable[[Session, Result], T]
    ) -> T:
        """Carry a command out, look at what it did, and undo all of it; nothing is noted."""
        with suppress(_Undone), self.transactions.write() as session:
            found = look(session, self._execute(session, command, actor, None, self.clock()))
            raise _Undone
        return found

    def _done_already(self, actor: Actor, once: Once) -> Result | None:
        try:
            return self.earlier(actor, once.key, once.fingerprint)
        except Stale:
            return None

    def _execute(
        self, session: Session, command: Command, actor: Actor, once: Once | None, now: datetime
    ) -> Result:
        if once is not None and (earlier := _receipt(session, actor, once)):
            return earlier
        changes = ChangeLog(session)
        act = self._begin(session, command, actor, now)
        act.grant = self._permit(act, command)
        self._check(act, command)
        outcome = self.registry[_name(command)].handler(act, command)
        step = stepping.advance(act, command, outcome)
        opened = step.opened if step else []
        if act.has_case:
            projection.refresh(act, step.standing if step else None)
        documents = issuing.issue(act, outcome.documents, self.later)
        for job, arguments in outcome.jobs:
            self.later.defer(session, job, **arguments)
        if act.has_case:
            reporting.report(act, outcome.events, self.later)
        self._record(act, command, outcome, changes, step.digest if step else None)
        result = _result(act, outcome, opened, documents)
        if once is not None:
            _keep(session, actor, once, result, now)
        return result

    def _begin(self, session: Session, command: Command, actor: Actor, now: datetime) -> Act:
        locked = locking.lock(session, command)
        act = Act(
            session=session,
            now=now,
            actor=actor,
            law=lawbook(session, locked.law),
            blobs=self.blobs,
            signer=self.signer,
            people=Directory(session, law_day(now)),
            catalogue=self.catalogue,
            task=locked.task,
            process=locked.process,
        )
        if locked.case is not None:
            act.case = locked.case
            act.pack = self.catalogue.version(session, locked.case.pack_version_id)
        if locked.people is not None:
            act.record.people = locked.people
        if locked.reported is not None:
            act.record.reported = locked.reported
        return act

    def _permit(self, act: Act, command: Command) -> Holding | None:
        name = _name(command)
        if name not in self.registry:
            raise NotFound()
        if isinstance(command, TaskCommand) and act.task is None:
            self._not_open(act, command)
        answer = permissions.may(act, name)
        if isinstance(answer, list):
            raise Forbidden(answer)
        entry = self.registry[name]
        if entry.fresh_sign_in and act.actor.via in ("page", "api") and not act.actor.fresh:
            raise FreshSignInNeeded()
        return answer

    def _not_open(self, act: Act, command: TaskCommand) -> NoReturn:
        """Refuse completely: the step is not open, and everything else that stands against it."""
        if not permissions.sees_case(act.actor, act.case.subject_id):
            raise NotFound()
        closed = Violation("S01", NOT_OPEN)
        raise Refused([closed, *self.registry.violations(act, command)])

    def _check(self, act: Act, command: Command) -> None:
        violations = self.registry.violations(act, command)
        if violations:
            raise Refused(violations)

    def _record(
        self,
        act: Act,
        command: Command,
        outcome: Outcome,
        changes: ChangeLog,
        state_digest: str | None,
    ) -> None:
        if act.has_case:
            act.case.rev += 1
        changes.close(act.session)
        entry = audit.Entry(
            command=_name(command),
            actor=act.actor,
            acting_for=act.acting_for,
            role=act.grant.role if act.grant else None,
            at=act.now,
            events=outcome.events,
            payload=payload_of(command),
            changes=changes.plain(),
            state_digest=state_digest,
        )
        audit.append(act.session, act.case if act.has_case else None, entry)


def _name(command: Command) -> str:
    return type(command).__name__


def _result(act: Act, outcome: Outcome, opened: list[Task], documents: list[str]) -> Result:
    return Result(
        case_id=act.case.id if act.has_case else None,
        events=[{"tag": e.tag, "zh": e.text.zh, "en": e.text.en} for e in outcome.events],
        opened=[str(task.id) for task in opened],
        documents=documents,
        stage=act.case.stage if act.has_case else None,
        extra=plain(outcome.extra),
    )


def _fingerprint(command: Command) -> str:
    body = orjson.dumps([_name(command), payload_of(command)], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(body).hexdigest()


def _receipt(session: Session, actor: Actor, once: Once) -> Result | None:
    row = session.get(CommandReceipt, (actor.person_id, once.key))
    if row is None:
        return None
    if row.fingerprint != once.fingerprint:
        raise Stale(
            text=Text(
                "同一个提交编号已经用于另一项内容，本次没有写入。",
                "This idempotency key was used for something else; nothing was written.",
            )
        )
    stored: Mapping[str, Any] = row.result
    case_id = uuid.UUID(stored["case_id"]) if stored["case_id"] else None
    return Result(**{**stored, "case_id": case_id, "repeated": True})


def _keep(session: Session, actor: Actor, once: Once, result: Result, now: datetime) -> None:
    body = {
        "case_id": str(result.case_id) if result.case_id else None,
        "events": result.events,
        "opened": result.opened,
        "documents": result.documents,
        "stage": result.stage,
        "extra": result.extra,
    }
    session.add(
        CommandReceipt(
            actor_id=actor.person_id,
            key=once.key,
            fingerprint=once.fingerprint,
            at=now,
            result=body,
        )
    )
