"""What follows from a remedy that succeeded, or from the agency's own revision: each consequence
one row, worked down by its owner; and what was learned."""

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class FollowUp(CaseRecord, Base):
    """One consequence (后续事项), from rules/remedy_consequences.dmn."""

    __tablename__ = "remedy_follow_up"
    __table_args__ = (
        CheckConstraint(
            "(remedy_id is null) <> (revision_id is null)", name="follows_from_one_thing"
        ),
        CheckConstraint("done_on is null or result is not null", name="done_says_what"),
    )

    remedy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("remedy.id"), index=True)
    revision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("own_revision.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """Code table remedy_follow_up."""
    owner: Mapped[str] = mapped_column(String(24))
    """The role that answers for it."""
    reason: Mapped[str] = mapped_column(String(300))
    since: Mapped[date]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(Text)
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    amount: Mapped[Decimal | None]
    """Yuan, of a refund."""
    new_case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    """The case in which the agency acts anew (重作)."""


class Lesson(CaseRecord, Base):
    """What the agency learned (案件复盘), to be found by everybody later."""

    __tablename__ = "lesson"
    __table_args__ = (Index("ix_lesson_recorded_at", "recorded_at"),)

    follow_up_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("remedy_follow_up.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    failure: Mapped[str] = mapped_column(String(30))
    """Code table remedy_ground: what went wrong."""
    lesson: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    keywords: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
