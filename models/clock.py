"""Statutory clocks (期限): what must happen by when, on which article."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.case import Case
from models.types import ClockState

RUNNING = sql("state = 'running'")


class StatutoryClock(Base):
    """One running, suspended or ended period with its arithmetic (T1-T9 of domain.md 1.0)."""

    __tablename__ = "statutory_clock"
    __table_args__ = (
        CheckConstraint("outer_day >= last_day", name="outer_not_before_last"),
        CheckConstraint("last_day >= started_on", name="ends_after_start"),
        CheckConstraint("length > 0", name="length_positive"),
        CheckConstraint(
            "(state = 'suspended') <= (jsonb_array_length(paused) > 0)", name="suspended_says_why"
        ),
        CheckConstraint("state <> 'met' or ended_at is not null", name="met_has_date"),
        Index("ix_statutory_clock_running_due", "due_at", postgresql_where=RUNNING),
        Index("ix_statutory_clock_running_amber", "amber_at", postgresql_where=RUNNING),
        Index("ix_statutory_clock_case_id_code", "case_id", "code"),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    code: Mapped[str] = mapped_column(String(40))
    state: Mapped[ClockState] = mapped_column(String(12))
    started_at: Mapped[datetime]
    started_on: Mapped[date]
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(String(16))
    extensions: Mapped[list[dict[str, Any]]]
    exclusions: Mapped[list[dict[str, Any]]]
    paused: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Intervals that have begun and not ended, (reason, start) each: the clock waits for all."""
    rolls: Mapped[bool]
    last_day: Mapped[date]
    outer_day: Mapped[date]
    due_at: Mapped[datetime]
    amber_at: Mapped[datetime]
    provisional: Mapped[bool]
    steps: Mapped[list[dict[str, Any]]]
    """The sum line by line, as `models.duration` made it."""
    article: Mapped[dict[str, Any]]
    ended_at: Mapped[datetime | None]
    amber_told_at: Mapped[datetime | None]
    red_told_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
