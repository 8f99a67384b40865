"""One meeting of the heads (会议) with an agenda of several cases (APL 57).

A meeting stands beside the cases: its own commands name no case and lock none. Each case on the
agenda keeps a discussion of its own, with its own members, votes and minutes; the agenda item
only points at it.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.case import Case
from models.discussion import Discussion
from models.types import MeetingState


class Meeting(Base):
    """A meeting of one legal subject: convened, held, closed; or called off."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("subject_id", "number"),
        CheckConstraint("ended_at is null or ended_at >= held_at", name="ends_after_start"),
        CheckConstraint("state <> 'closed' or closed_at is not null", name="closed_has_date"),
        Index("ix_meeting_subject_id_planned_at", "subject_id", "planned_at"),
    )

    id: Mapped[Key]
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    number: Mapped[str] = mapped_column(String(40))
    """Year and count in it: 2025-3."""
    state: Mapped[MeetingState] = mapped_column(String(12))
    planned_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    chair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    members: Mapped[list[str]] = mapped_column(ARRAY(String(64)))
    """Keys of those convened, in the order of seats."""
    attendees: Mapped[list[str]] = mapped_column(ARRAY(String(64)), default=list)
    observers: Mapped[str] = mapped_column(Text, default="")
    """People without an account who sit in, such as counsel."""
    attendance: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Rows of person, attended, absent_reason: who was there when the meeting opened."""
    convened_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    convened_at: Mapped[datetime]
    held_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(Text, default="")
    signatures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)

    agenda: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.position"
    )


class AgendaItem(Base):
    """One case on the agenda; its discussion once that is convened in the case."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "case_id"),
        UniqueConstraint("meeting_id", "position"),
        UniqueConstraint("discussion_id"),
    )

    id: Mapped[Key]
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    position: Mapped[int]
    discussion_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("discussion.id"))
    deferred: Mapped[str] = mapped_column(Text, default="")
    """Why the case was not discussed at this meeting after all."""

    meeting: Mapped[Meeting] = relationship(back_populates="agenda")
    case: Mapped[Case] = relationship()
    discussion: Mapped[Discussion | None] = relationship()
