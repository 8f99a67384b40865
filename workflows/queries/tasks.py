"""Single tasks, and the groups of the inbox page by page: the API's way through them."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from models.errors import Invalid, NotFound, Stale
from models.person import Person
from models.task import Task
from models.types import TaskState
from workflows.actors import Actor
from workflows.permissions import visible_to
from workflows.queries import inbox
from workflows.queries.inbox import Filters, InboxRow
from workflows.queries.paging import PAGE, Page, moment_of

Parts = Callable[[Session, Actor], list[Select[Any]]]
GROUPS: Mapping[str, Parts] = {
    "mine": lambda _, actor: [inbox.mine(actor)],
    "offered": inbox.offered,
    "watched": lambda _, actor: [inbox.watched(actor)],
    "done": lambda _, actor: [inbox.done(actor)],
}
"""The groups of the inbox, each made of parts that one index serves in order."""
LATEST_FIRST = (Task.completed_at.desc(), Task.id)


def visible_task(session: Session, actor: Actor, task_id: uuid.UUID) -> Task:
    """A task, waiting or done, of a case that the person may see."""
    task = session.scalar(select(Task).join(Task.case).where(Task.id == task_id, visible_to(actor)))
    if task is None:
        raise NotFound()
    return task


def require(
    task: Task,
    *,
    rev: int | None,
    case_id: uuid.UUID | None = None,
    command: str | None = None,
) -> None:
    """The task is the one that is meant, and has not changed since the caller saw it. Dispatch asks
    the same again under the lock; here it comes before the fields are read."""
    if (case_id or task.case_id, command or task.command) != (task.case_id, task.command):
        raise NotFound()
    if task.state != TaskState.OPEN or rev not in (None, task.rev):
        raise Stale()


def group_page(
    session: Session,
    actor: Actor,
    now: datetime,
    group: str,
    filters: Filters,
    *,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[InboxRow]:
    """A page of one group, most urgent first; what is done, latest first."""
    order = LATEST_FIRST if group == "done" else inbox.URGENT_FIRST
    conditions = filters.conditions(now)
    if after is not None:
        conditions.append(_beyond(group, after))
    parts = [
        select(part.where(*conditions).order_by(*order).limit(limit + 1).subquery())
        for part in GROUPS[group](session, actor)
    ]
    if not parts:
        return Page([])
    ids = union_all(*parts).subquery()
    query = (
        select(*inbox.COLUMNS)
        .where(Task.id.in_(select(ids.c.id)))
        .outerjoin(Person, Person.id == Task.from_person_id)
        .order_by(*order)
        .limit(limit + 1)
    )
    rows = [InboxRow(*row) for row in session.execute(query)]
    more = len(rows) > limit
    return Page(rows[:limit], _cursor(group, rows[limit - 1]) if more else None)


def _cursor(group: str, row: InboxRow) -> str:
    first = row.completed_at if group == "done" else row.due_at
    parts = (first.isoformat() if first else "", row.opened_at.isoformat(), str(row.id))
    return urlsafe_b64encode("|".join(parts).encode()).decode()


def _beyond(group: str, cursor: str) -> ColumnElement[bool]:
    """What comes after the row that the cursor names, in the group's order."""
    first, opened, row_id = _position(cursor)
    if group == "done":
        if first is None:
            raise Invalid()
        same = and_(Task.completed_at == first, Task.id > row_id)
        return or_(Task.completed_at < first, same)
    later = tuple_(Task.opened_at, Task.id) > tuple_(opened, row_id)
    if first is None:
        return and_(Task.due_at.is_(None), later)
    return or_(Task.due_at > first, Task.due_at.is_(None), and_(Task.due_at == first, later))


def _position(cursor: str) -> tuple[datetime | None, datetime, uuid.UUID]:
    try:
        first, opened, row_id = urlsafe_b64decode(cursor.encode()).decode().split("|")
        found = moment_of(first) if first else None
        return found, moment_of(opened), uuid.UUID(row_id)
    except ValueError as error:
        raise Invalid() from error
