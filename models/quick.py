"""Quick handling (快速办理): the party's signed consent and how the case left the quick way."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class QuickConsent(CaseRecord, Base):
    """What the party was told about quick handling, and whether it agreed in writing."""

    __tablename__ = "quick_consent"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint(
            "not agreed or (admitted and not objected and signed)", name="agreed_in_writing"
        ),
        CheckConstraint("agreed or refusal is not null", name="refused_has_reason"),
        CheckConstraint("(ended_at is null) = (ended_because is null)", name="ended_has_reason"),
    )

    asked_at: Mapped[datetime]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(200))
    admitted: Mapped[bool]
    objected: Mapped[bool]
    agreed: Mapped[bool]
    signed: Mapped[bool]
    refusal: Mapped[str | None] = mapped_column(Text)
    """Why the case goes the ordinary way instead."""
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(Text)
