"""Collective discussion (集体讨论): members, views, votes, minutes (APL 57)."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseRecord, Key
from models.person import Person


class Discussion(CaseRecord, Base):
    """One meeting. Quorum and majority are parameters; what applied is kept as a fraction."""

    __tablename__ = "discussion"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("ended_at is null or ended_at >= held_at", name="ends_after_start"),
        CheckConstraint("signed_at is null or result is not null", name="signed_after_result"),
    )

    round: Mapped[int]
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("final_report.id"))
    notice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notice.id"))
    planned_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    chair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    attendees: Mapped[list[str]] = mapped_column(ARRAY(String(64)), default=list)
    """Keys of people who attend without a vote: handlers, reviewer, counsel."""
    observers: Mapped[str] = mapped_column(Text, default="")
    """People without an account who sit in, such as counsel."""
    reason: Mapped[str | None] = mapped_column(Text)
    held_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    case_report: Mapped[str | None] = mapped_column(Text)
    legal_opinion: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(String(20))
    conclusion_text: Mapped[str | None] = mapped_column(Text)
    fine: Mapped[Decimal | None]
    quorum: Mapped[str | None] = mapped_column(String(10))
    signed_at: Mapped[datetime | None]
    signatures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)

    votes: Mapped[list["Vote"]] = relationship(back_populates="discussion", order_by="Vote.seat")


class Vote(Base):
    """One member of the panel: present or why not, view, vote, dissent."""

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("discussion_id", "person_id"),
        CheckConstraint("vote is null or attended", name="absent_does_not_vote"),
        CheckConstraint(
            "excluded is null or (vote is null and attended is not true)",
            name="excluded_does_not_vote",
        ),
        CheckConstraint(
            "attended is null or attended or absent_reason is not null", name="absence_has_reason"
        ),
        CheckConstraint("vote <> 'disagree' or dissent is not null", name="dissent_is_recorded"),
    )

    id: Mapped[Key]
    discussion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("discussion.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    seat: Mapped[int]
    attended: Mapped[bool | None]
    absent_reason: Mapped[str | None] = mapped_column(String(400))
    spoke_order: Mapped[int | None]
    view: Mapped[str | None] = mapped_column(Text)
    vote: Mapped[str | None] = mapped_column(String(10))
    dissent: Mapped[str | None] = mapped_column(Text)
    excluded: Mapped[str | None] = mapped_column(String(12))
    """handled or recused: neither counted nor voting, though convened (3.2, APL 43)."""

    discussion: Mapped[Discussion] = relationship(back_populates="votes")
    person: Mapped[Person] = relationship()
