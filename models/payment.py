"""Payments (缴款): what was paid on a decision; deciding and collecting are apart (APL 67)."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Payment(CaseRecord, Base):
    """One amount received, in yuan."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("case_id", "receipt_no"),
        CheckConstraint("amount >= 0 and surcharge_amount >= 0", name="not_negative"),
        CheckConstraint("amount + surcharge_amount > 0", name="not_empty"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    amount: Mapped[Decimal]
    surcharge_amount: Mapped[Decimal]
    paid_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(20))
    receipt_no: Mapped[str] = mapped_column(String(64))
    payer_name: Mapped[str] = mapped_column(String(200))
    receipt_sha256: Mapped[str | None] = mapped_column(String(64))
    cashier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
