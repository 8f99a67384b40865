"""The inbox: what is mine, what I may take, what I follow, what I have done.

Every part reads one partial index in its own order, so that its cost does not grow with the
number of cases.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, not_, or_, select, union_all
from sqlalchemy.orm import Session

from models.case import Case, CaseHandler, Recusal
from models.disclosure import Disclosure
from models.note import Watch
from models.pack import PackVersion
from models.person import Person
from models.task import Task
from models.types import Role, TaskState
from workflows.actors import UNIT_BOUND, Actor
from workflows.permissions import visible_to
from workflows.queries.paging import COUNTED, PAGE, Count, bare, bounded_count

OPEN = Task.state == TaskState.OPEN


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One task as the list shows it."""

    id: uuid.UUID
    case_id: uuid.UUID
    element: str
    title: str
    title_en: str
    round: int
    rev: int
    party_name: str
    case_no: str | None
    matter_title: str | None
    opened_at: datetime
    completed_at: datetime | None
    clock: str | None
    due_at: datetime | None
    last_day: Any
    why: dict[str, str]
    from_name: str | None
    assignee_id: uuid.UUID | None
    from_name_en: str | None
    from_key: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the inbox is narrowed to; empty means everything."""

    element: str | None = None
    due_before: datetime | None = None
    matter: str | None = None
    late: bool = False
    sender: str | None = None
    """Key of the person whose act opened the task."""

    def conditions(self, now: datetime) -> list[ColumnElement[bool]]:
        """The filters as conditions on tasks."""
        found: list[ColumnElement[bool]] = []
        if self.element:
            found.append(Task.element == self.element)
        if self.due_before:
            found.append(Task.due_at <= self.due_before)
        if self.matter:
            found.append(Task.matter_title == self.matter)
        if self.late:
            found.append(Task.due_at <= now)
        if self.sender:
            who = select(Person.id).where(Person.key == self.sender).scalar_subquery()
            found.append(Task.from_person_id == who)
        return found


COLUMNS = (
    Task.id, Task.case_id, Task.element, Task.title, Task.title_en, Task.round, Task.rev,
    Task.party_name, Task.case_no, Task.matter_title, Task.opened_at, Task.completed_at,
    Task.clock, Task.due_at, Task.last_day, Task.why, Person.name.label("from_name"),
    Task.assignee_id, Person.name_en.label("from_name_en"), Person.key.label("from_key"),
)  # fmt: skip
URGENT_FIRST = (Task.due_at.asc().nulls_last(), Task.opened_at, Task.id)


def _rows(session: Session, tasks: Select[Any], order: tuple[Any, ...]) -> list[InboxRow]:
    found = tasks.subquery()
    query = (
        select(*COLUMNS)
        .join(found, found.c.id == Task.id)
        .outerjoin(Person, Person.id == Task.from_person_id)
        .order_by(*order)
    )
    return [InboxRow(*row) for row in session.execute(query)]


def mine(actor: Actor) -> Select[Any]:
    """Tasks assigned to me, or to somebody for whom I act."""
    owners = {actor.person_id} | {h.acting_for for h in actor.holdings if h.acting_for}
    return select(Task.id).where(OPEN, Task.assignee_id.in_(owners))


def offered(session: Session, actor: Actor) -> list[Select[Any]]:
    """One query for each (subject, role set) that I may serve; duties are already left out."""
    sets = _role_sets(session)
    parts: dict[tuple[uuid.UUID, str, uuid.UUID | None], Select[Any]] = {}
    for holding in actor.holdings:
        unit = holding.unit_id if holding.role in UNIT_BOUND else None
        for name in sets:
            if holding.role in name.split(","):
                parts[(holding.subject_id, name, unit)] = _offer(
                    actor, holding.subject_id, name, unit
                )
    # A unit's tasks are among the subject's: asked once, so that no task is counted twice.
    return [
        part
        for (subject, name, unit), part in parts.items()
        if unit is None or (subject, name, None) not in parts
    ]


def _role_sets(session: Session) -> set[str]:
    rows = session.scalars(select(PackVersion.manifest["role_sets"]))
    return {name for row in rows for name in (row or [])}


def _offer(actor: Actor, subject_id: uuid.UUID, name: str, unit: uuid.UUID | None) -> Select[Any]:
    me = actor.person_id
    query = select(Task.id).where(
        OPEN,
        Task.assignee_id.is_(None),
        Task.subject_id == subject_id,
        Task.role_set == name,
        not_(exists().where(Recusal.case_id == Task.case_id, Recusal.person_id == me)),
    )
    if unit is not None:
        query = query.where(Task.unit_id == unit)
    if Role.HANDLER not in name.split(","):
        query = query.where(not_(_handled(me)), not_(_prepared(me)))
    return query


def _handled(me: uuid.UUID) -> ColumnElement[bool]:
    """Handlers never decide, review or collect in their own case (duties)."""
    return exists().where(CaseHandler.case_id == Task.case_id, CaseHandler.person_id == me)


def _prepared(me: uuid.UUID) -> ColumnElement[bool]:
    return and_(
        Task.command == literal("ReleaseDisclosure"),
        exists().where(Disclosure.case_id == Task.case_id, Disclosure.prepared_by_id == me),
    )


def watched(actor: Actor) -> Select[Any]:
    """Open tasks of cases that I follow and that are not mine."""
    return (
        select(Task.id)
        .join(Watch, and_(Watch.case_id == Task.case_id, Watch.person_id == actor.person_id))
        .join(Case, Case.id == Task.case_id)
        .where(
            OPEN,
            visible_to(actor),
            or_(Task.assignee_id.is_(None), Task.assignee_id != actor.person_id),
        )
    )


def done(actor: Actor) -> Select[Any]:
    """Tasks that I have completed."""
    return select(Task.id).where(
        Task.state == TaskState.DONE, Task.completed_by_id == actor.person_id
    )


@dataclass(frozen=True, slots=True)
class Inbox:
    """The groups of the inbox with their true counts."""

    mine: list[InboxRow]
    offered: list[InboxRow]
    watched: list[InboxRow]
    counts: dict[str, Count]


def inbox(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    filters: Filters | None = None,
    limit: int = PAGE,
) -> Inbox:
    """The three groups, most urgent first, and the counts of all four."""
    conditions = (filters or Filters()).conditions(now)
    own = mine(actor).where(*conditions)
    offers = [part.where(*conditions) for part in offered(session, actor)]
    followed = watched(actor).where(*conditions)
    return Inbox(
        mine=_rows(session, _first(own, limit), URGENT_FIRST),
        offered=_merged(session, offers, limit),
        watched=_rows(session, _first(followed, limit), URGENT_FIRST),
        counts={
            "mine": bounded_count(session, own),
            "offered": _count_all(session, offers),
            "watched": bounded_count(session, followed),
            "done": bounded_count(session, done(actor)),
        },
    )


def _first(query: Select[Any], limit: int) -> Select[Any]:
    return query.order_by(*URGENT_FIRST).limit(limit)


def _merged(session: Session, parts: list[Select[Any]], limit: int) -> list[InboxRow]:
    """The most urgent of several index-ordered parts."""
    if not parts:
        return []
    if len(parts) == 1:
        return _rows(session, _first(parts[0], limit), URGENT_FIRST)
    ids = union_all(*(select(_first(part, limit).subquery()) for part in parts)).subquery()
    merged = _first(select(Task.id).where(Task.id.in_(select(ids.c.id))), limit)
    return _rows(session, merged, URGENT_FIRST)


def _count_all(session: Session, parts: list[Select[Any]]) -> Count:
    if not parts:
        return Count(0)
    each = [select(bare(part).limit(COUNTED + 1).subquery()) for part in parts]
    return bounded_count(session, select(union_all(*each).subquery()))


def finished(
    session: Session, actor: Actor, *, before: datetime | None = None, limit: int = PAGE
) -> list[InboxRow]:
    """What I have done, latest first; `before` pages on."""
    query = done(actor)
    if before is not None:
        query = query.where(Task.completed_at < before)
    latest = (Task.completed_at.desc(), Task.id)
    return _rows(session, query.order_by(*latest).limit(limit), latest)


def badge(session: Session, actor: Actor) -> Count:
    """How many tasks are mine: the number beside 任务 in the rail."""
    return bounded_count(session, mine(actor))


def neighbours(
    session: Session, actor: Actor, task_id: uuid.UUID
) -> tuple[list[uuid.UUID], int | None]:
    """My tasks in urgency order and the place of one among them, for j and k."""
    query = _first(mine(actor), 200)
    ids = list(session.scalars(query))
    return ids, ids.index(task_id) if task_id in ids else None


def choices(session: Session, rows: Iterable[InboxRow]) -> dict[str, list[tuple[str, str]]]:
    """Values that the filters offer, from what is listed."""
    listed = list(rows)
    return {
        "element": sorted({(r.element, r.title) for r in listed}),
        "matter": sorted({(r.matter_title, r.matter_title) for r in listed if r.matter_title}),
    }
