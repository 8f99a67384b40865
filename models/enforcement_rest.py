"""When enforcement stands still or is over: suspension (中止, AEL 39), end (终结, AEL 40), return
of what was taken (执行回转, AEL 41) and agreement (执行协议, AEL 42)."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class EnforcementPause(CaseRecord, Base):
    """One time in which enforcement stands still."""

    __tablename__ = "enforcement_pause"
    __table_args__ = (
        CheckConstraint("approved_at is null or refused_at is null", name="one_answer"),
        CheckConstraint("resumed_at is null or approved_at is not null", name="ends_what_began"),
        CheckConstraint("resumed_at is null or abandoned_at is null", name="one_end"),
    )

    ground: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    harmless: Mapped[bool]
    """No evident harm to society: after three years it is not enforced any more."""
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    resumed_at: Mapped[datetime | None]
    resumed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    resume_reason: Mapped[str | None] = mapped_column(Text)
    abandoned_at: Mapped[datetime | None]
    """Three years are over: not enforced any more."""

    @property
    def standing(self) -> bool:
        """Whether enforcement stands still because of it."""
        return self.approved_at is not None and not (self.resumed_at or self.abandoned_at)


class EnforcementEnd(CaseRecord, Base):
    """Enforcement is over although not all was performed."""

    __tablename__ = "enforcement_end"
    __table_args__ = (
        CheckConstraint("approved_at is null or refused_at is null", name="one_answer"),
        CheckConstraint("restored_at is null or approved_at is not null", name="ended_first"),
        CheckConstraint("restored_amount >= 0", name="not_negative"),
    )

    ground: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    restore: Mapped[str | None] = mapped_column(Text)
    """What has to be put back or returned (AEL 41); None where nothing has."""
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    restored_at: Mapped[datetime | None]
    restored_way: Mapped[str | None] = mapped_column(String(20))
    """restored, returned or compensated."""
    restored_amount: Mapped[Decimal | None]
    restored_note: Mapped[str | None] = mapped_column(Text)
    receiver_name: Mapped[str | None] = mapped_column(String(200))


class Settlement(CaseRecord, Base):
    """An agreement on performing in stages; only the surcharge may be reduced (AEL 42)."""

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint("approved_at is null or refused_at is null", name="one_answer"),
        CheckConstraint("surcharge_waived >= 0", name="not_negative"),
        CheckConstraint("kept_at is null or broken_at is null", name="one_end"),
    )

    terms: Mapped[str] = mapped_column(Text)
    stages: Mapped[list[dict[str, Any]]]
    """Due day (ISO), amount in yuan or none, what is to be done."""
    principal: Mapped[Decimal]
    surcharge: Mapped[Decimal]
    surcharge_waived: Mapped[Decimal]
    corrected: Mapped[str | None] = mapped_column(Text)
    """What the party did to make good; without it nothing is reduced."""
    signed_at: Mapped[datetime]
    signed_by: Mapped[str] = mapped_column(String(200))
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(String(64))
    kept_at: Mapped[datetime | None]
    broken_at: Mapped[datetime | None]
    outcome_note: Mapped[str | None] = mapped_column(Text)
