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
        CheckConstraint("amount + surcharge_amount + overpaid_amount > 0", name="not_empty"),
        CheckConstraint(
            "confiscated_amount between 0 and amount and overpaid_amount >= 0", name="parts_fit"
        ),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    amount: Mapped[Decimal]
    """What went to fine and confiscation when it was recorded."""
    confiscated_amount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """The part of `amount` that went to the confiscation."""
    surcharge_amount: Mapped[Decimal]
    overpaid_amount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """What was paid too much and is to be given back."""
    meant_surcharge: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """The part that the payer meant for the surcharge; the rest follows the order of the law."""
    slip_no: Mapped[str | None] = mapped_column(String(64))
    """Number of the payment slip (一般缴款书号、缴款码)."""
    paid_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(20))
    receipt_no: Mapped[str] = mapped_column(String(64))
    payer_name: Mapped[str] = mapped_column(String(200))
    receipt_sha256: Mapped[str | None] = mapped_column(String(64))
    cashier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    @property
    def received(self) -> Decimal:
        """All the yuan that came in."""
        return self.amount + self.surcharge_amount + self.overpaid_amount
