"""Suspension and resumption (中止、恢复调查, MSA 46), termination (终止调查, MSA 47)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Suspension(CaseRecord, Base):
    """One time in which the investigation stands still; the days of it do not count (MSA 64)."""

    __tablename__ = "suspension"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("resumed_at is null or suspended_at is not null", name="ends_what_began"),
        CheckConstraint("resumed_at >= suspended_at", name="ends_after_start"),
        CheckConstraint(
            "suspended_at is null or suspended_by_id is not null", name="a_leader_approved"
        ),
        CheckConstraint("resumed_at is null or resumed_by_id is not null", name="a_leader_resumed"),
    )

    round: Mapped[int]
    ground: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    suspended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    resume_reason: Mapped[str | None] = mapped_column(Text)
    resume_asked_at: Mapped[datetime | None]
    resume_asked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    resumed_at: Mapped[datetime | None]
    resumed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class Termination(CaseRecord, Base):
    """The investigation ends because nobody is left to answer (MSA 47)."""

    __tablename__ = "termination"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("approved_at is null or refused_at is null", name="one_answer"),
    )

    round: Mapped[int]
    ground: Mapped[str] = mapped_column(String(40))
    facts: Mapped[str] = mapped_column(Text)
    measures_released: Mapped[bool]
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
