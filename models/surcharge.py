"""Surcharge (加处罚款): its decision (APL 72; AEL 45) and its waiver by settlement (AEL 42)."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class SurchargeDecision(CaseRecord, Base):
    """A decision on a surcharge (D52): base, rate, first day and cap, and the sum so far."""

    __tablename__ = "surcharge_decision"
    __table_args__ = (
        CheckConstraint("amount <= ceiling", name="never_above_the_cap"),
        CheckConstraint("granted is not true or number is not null", name="granted_has_number"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(64))
    fine: Mapped[Decimal]
    overdue: Mapped[Decimal]
    """Yuan of the fine on which the surcharge is counted when the decision is made."""
    rate: Mapped[str] = mapped_column(String(20))
    ceiling: Mapped[Decimal]
    runs_from: Mapped[date]
    as_of: Mapped[date]
    amount: Mapped[Decimal]
    """Yuan of surcharge up to and with `as_of`."""
    reason: Mapped[str] = mapped_column(Text)
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class SurchargeWaiver(CaseRecord, Base):
    """Surcharge given up, in yuan: the party mended its ways in a settlement (AEL 42)."""

    __tablename__ = "surcharge_waiver"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("amount > 0", name="not_empty"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    round: Mapped[int]
    amount: Mapped[Decimal]
    ground: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text)
    waived_on: Mapped[date]
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
