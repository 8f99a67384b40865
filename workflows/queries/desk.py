"""What the desk of a task shows beside its form: draft, colleagues, neighbours, what came next."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from models.clock import StatutoryClock
from models.note import TaskDraft, Upload, Watch
from models.person import Certificate, Person
from models.task import Task
from models.types import ClockState, Role
from workflows import duties
from workflows.act import Act
from workflows.actors import Actor
from workflows.permissions import visible_to
from workflows.queries.inbox import URGENT_FIRST, InboxRow, neighbours

UNSETTLED = (ClockState.RUNNING, ClockState.SUSPENDED, ClockState.EXPIRED)
"""States of a clock of which a waiting step still has something to say."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands among the person's own, most urgent first."""

    number: int | None
    total: int
    before: uuid.UUID | None
    after: uuid.UUID | None


def place(session: Session, actor: Actor, task_id: uuid.UUID) -> Place:
    """The place of a task; for one that is not mine, the way on leads to my most urgent."""
    ids, index = neighbours(session, actor, task_id)
    if index is None:
        return Place(None, len(ids), None, ids[0] if ids else None)
    return Place(
        index + 1,
        len(ids),
        ids[index - 1] if index > 0 else None,
        ids[index + 1] if index + 1 < len(ids) else None,
    )


def draft(session: Session, actor: Actor, task_id: uuid.UUID) -> TaskDraft | None:
    """What the person has typed into the task so far."""
    return session.get(TaskDraft, (actor.person_id, task_id))


def finished_uploads(session: Session, actor: Actor, ids: Iterable[uuid.UUID]) -> list[Upload]:
    """The person's own complete files among these."""
    wanted = list(ids)
    if not wanted:
        return []
    mine = select(Upload).where(Upload.id.in_(wanted), Upload.person_id == actor.person_id)
    return list(session.scalars(mine.where(Upload.finished_at.is_not(None))))


def colleagues(act: Act, task: Task) -> list[Person]:
    """Those to whom the task may be handed over: the role fits, no duty stands against it."""
    able = set(act.people.eligible(task.roles, act.case.subject_id, act.case.unit_id))
    able -= duties.excluded(task.command, act.record)
    active = {h.person_id for h in act.case.active_handlers()}
    if Role.HANDLER in task.roles and active:
        able &= active
    able.discard(task.assignee_id or act.actor.person_id)
    found = select(Person).where(Person.id.in_(able)).order_by(Person.key)
    return list(act.session.scalars(found))


@dataclass(frozen=True, slots=True)
class Opened:
    """A step that an act has led to, and who holds it."""

    task: Task
    holder: Person | None


def opened(session: Session, ids: Iterable[str]) -> list[Opened]:
    """The steps with these ids, in the order in which they opened."""
    wanted = [uuid.UUID(each) for each in ids]
    if not wanted:
        return []
    rows = session.scalars(
        select(Task)
        .where(Task.id.in_(wanted))
        .options(joinedload(Task.assignee))
        .order_by(Task.opened_at, Task.element)
    )
    return [Opened(task, task.assignee) for task in rows]


def clocks_of(
    session: Session, rows: Iterable[InboxRow]
) -> Mapping[tuple[uuid.UUID, str], StatutoryClock]:
    """The clock of each listed task, by (case, code), in one query; the latest one counts."""
    wanted = {(row.case_id, row.clock) for row in rows if row.clock}
    if not wanted:
        return {}
    found = session.scalars(
        select(StatutoryClock)
        .where(tuple_(StatutoryClock.case_id, StatutoryClock.code).in_(wanted))
        .where(StatutoryClock.state.in_(UNSETTLED))
        .order_by(StatutoryClock.started_at)
    )
    return {(clock.case_id, clock.code): clock for clock in found}


def watched_among(session: Session, actor: Actor, cases: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of the cases the person follows."""
    mine = and_(Watch.person_id == actor.person_id, Watch.case_id.in_(list(cases)))
    return set(session.scalars(select(Watch.case_id).where(mine)))


def holders(session: Session, rows: Iterable[Task]) -> Mapping[uuid.UUID, Person]:
    """Who holds each of the tasks."""
    ids = {row.assignee_id for row in rows if row.assignee_id}
    found = session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: person for person in found}


def visible_tasks(session: Session, actor: Actor, ids: Iterable[uuid.UUID]) -> list[Task]:
    """The tasks among these that the person may see, most urgent first."""
    rows = session.scalars(
        select(Task)
        .join(Task.case)
        .where(Task.id.in_(list(ids)), visible_to(actor))
        .order_by(*URGENT_FIRST)
    )
    return list(rows)


def certificates_of(session: Session, keys: Iterable[str]) -> Mapping[str, list[Certificate]]:
    """Enforcement certificates (行政执法证) of people, by the person's key."""
    rows = session.execute(
        select(Person.key, Certificate)
        .join(Certificate, Certificate.person_id == Person.id)
        .where(Person.key.in_(list(keys)))
    )
    found: dict[str, list[Certificate]] = {}
    for key, card in rows:
        found.setdefault(key, []).append(card)
    return found
