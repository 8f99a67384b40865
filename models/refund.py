"""Refunds (退款): money given back because nothing, or less, was owed (APL 75; ARL, ALL)."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Refund(CaseRecord, Base):
    """One refund, in yuan: proposed, approved, paid out against a receipt."""

    __tablename__ = "refund"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("amount > 0", name="not_empty"),
        CheckConstraint("granted is null or decided_at is not null", name="decided_has_date"),
        CheckConstraint(
            "paid_on is null or (granted and receipt_no is not null)", name="paid_after_approval"
        ),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    round: Mapped[int]
    ground: Mapped[str] = mapped_column(String(20))
    """revoked, changed, overpaid or mistaken (code table refund_ground)."""
    reason: Mapped[str] = mapped_column(Text)
    amount: Mapped[Decimal]
    payee_name: Mapped[str] = mapped_column(String(200))
    payee_account: Mapped[str | None] = mapped_column(String(100))
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    granted: Mapped[bool | None]
    number: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    paid_at: Mapped[datetime | None]
    paid_on: Mapped[date | None]
    receipt_no: Mapped[str | None] = mapped_column(String(64))
    cashier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
