"""Meetings of the heads as guards, handlers and forms look them up.

A meeting's own commands lock the meeting and no case; a case's commands hold the case's lock and
only point the agenda item at its discussion. No act holds two cases.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting import AgendaItem, Meeting


def meeting_of(session: Session, key: str, *, lock: bool = False) -> Meeting | None:
    """The meeting with this key; None for anything else."""
    try:
        wanted = uuid.UUID(str(key))
    except ValueError:
        return None
    query = select(Meeting).where(Meeting.id == wanted)
    return session.scalar(query.with_for_update() if lock else query)


def item_of(session: Session, key: str, case_id: uuid.UUID) -> AgendaItem | None:
    """The place of a case on the agenda of a meeting."""
    meeting = meeting_of(session, key)
    items = meeting.agenda if meeting else ()
    return next((item for item in items if item.case_id == case_id), None)


def meeting_for(session: Session, discussion_id: uuid.UUID) -> AgendaItem | None:
    """The agenda item that points at a discussion; None when it stands alone."""
    return session.scalar(select(AgendaItem).where(AgendaItem.discussion_id == discussion_id))
