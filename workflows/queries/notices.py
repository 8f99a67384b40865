"""Messages to one person: latest first, by index order."""

import uuid
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.errors import Invalid, NotFound
from models.note import Notification
from workflows.actors import Actor
from workflows.queries.paging import PAGE, Count, Page, bounded_count


def notices(
    session: Session, actor: Actor, *, unread: bool, after: str | None = None, limit: int = PAGE
) -> Page[Notification]:
    """A page of the person's messages; `after` is the cursor of the page before."""
    query = select(Notification).where(Notification.person_id == actor.person_id)
    if unread:
        query = query.where(Notification.read_at.is_(None))
    if after is not None:
        at, key = _position(after)
        same = and_(Notification.created_at == at, Notification.id > key)
        query = query.where(or_(Notification.created_at < at, same))
    latest = (Notification.created_at.desc(), Notification.id)
    rows = list(session.scalars(query.order_by(*latest).limit(limit + 1)))
    more = len(rows) > limit
    return Page(rows[:limit], _cursor(rows[limit - 1]) if more else None)


def counts(session: Session, actor: Actor) -> tuple[Count, Count]:
    """(all, unread) messages of the person."""
    mine = select(Notification.id).where(Notification.person_id == actor.person_id)
    return (
        bounded_count(session, mine),
        bounded_count(session, mine.where(Notification.read_at.is_(None))),
    )


def notice(session: Session, actor: Actor, notice_id: uuid.UUID) -> Notification:
    """One of the person's own messages."""
    row = session.get(Notification, notice_id)
    if row is None or row.person_id != actor.person_id:
        raise NotFound()
    return row


def _cursor(row: Notification) -> str:
    return f"{row.created_at.isoformat()}_{row.id}"


def _position(cursor: str) -> tuple[datetime, uuid.UUID]:
    at, _, key = cursor.partition("_")
    try:
        found = datetime.fromisoformat(at)
        if found.tzinfo is None:
            raise ValueError(cursor)
        return found, uuid.UUID(key)
    except ValueError as error:
        raise Invalid() from error
