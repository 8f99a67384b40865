"""Extension of the time to decide (办案期限延长, APL 60; MSA 64)."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Extension(CaseRecord, Base):
    """One request for more time: the head grants the first, the leaders together every other."""

    __tablename__ = "extension"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("days is null or days > 0", name="adds_time"),
        CheckConstraint("granted is not true or days is not null", name="granted_says_how_long"),
        CheckConstraint("granted is null or decided_at is not null", name="decided_has_date"),
    )

    round: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """first: the head alone may grant it; again: only the leaders after discussing it together."""
    reason: Mapped[str] = mapped_column(Text)
    days: Mapped[int | None]
    """Calendar days asked for, then those granted."""
    last_day_before: Mapped[date]
    last_day_after: Mapped[date | None]
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    meeting: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Time, place, chair, members with views and votes, conclusion of the leaders' discussion."""
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
