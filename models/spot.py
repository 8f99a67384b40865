"""On-the-spot penalties (当场处罚, APL 51, 52) and the cash taken for them (APL 68-71)."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class SpotPenalty(CaseRecord, Base):
    """How the decision was made on the spot: cards, rights, what the party said and signed."""

    __tablename__ = "spot_penalty"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("cards_shown and rights_told", name="cards_and_rights"),
        CheckConstraint("statement <> 'made' or content is not null", name="made_has_content"),
        CheckConstraint(
            "party_signature = 'signed' or signature_note is not null", name="unsigned_has_reason"
        ),
        CheckConstraint("(filed_at is null) = (filed_by_id is null)", name="filed_has_person"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"))
    seen_at: Mapped[datetime]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    cards_shown: Mapped[bool]
    rights_told: Mapped[bool]
    statement: Mapped[str] = mapped_column(String(10))
    content: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    """How the officers took what the party said (复核), told to it at once (APL 45, 52)."""
    party_signature: Mapped[str] = mapped_column(String(10))
    signature_note: Mapped[str | None] = mapped_column(Text)
    witness_name: Mapped[str | None] = mapped_column(String(200))
    body_camera: Mapped[bool]
    payment: Mapped[str] = mapped_column(String(10))
    """cash (当场收缴), later (到期缴款) or none (警告)."""
    filed_at: Mapped[datetime | None]
    filed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    filing_note: Mapped[str | None] = mapped_column(Text)


class CashTaken(CaseRecord, Base):
    """Cash taken on the spot, in yuan: to the agency in two days, to the bank in two more."""

    __tablename__ = "cash_taken"
    __table_args__ = (
        UniqueConstraint("payment_id"),
        CheckConstraint("amount > 0", name="not_empty"),
        CheckConstraint(
            "banked_at is null or (handed_in_at is not null and bank_receipt_no is not null)",
            name="banked_after_handing_in",
        ),
        CheckConstraint("handed_in_at is null or handed_in_at >= taken_at", name="in_order"),
    )

    payment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("payment.id"))
    amount: Mapped[Decimal]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[str] = mapped_column(String(30))
    """Why the law lets the officers take it: small, hard_later or remote (APL 68, 69)."""
    ground_note: Mapped[str | None] = mapped_column(Text)
    receipt_no: Mapped[str] = mapped_column(String(64))
    handed_in_at: Mapped[datetime | None]
    received_by: Mapped[str | None] = mapped_column(String(200))
    banked_at: Mapped[datetime | None]
    banked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    bank_receipt_no: Mapped[str | None] = mapped_column(String(64))
