"""Confiscated goods (罚没物品): the register of a case and what became of each lot (APL 74)."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseRecord


class ConfiscatedItem(CaseRecord, Base):
    """One line of the register of confiscated goods (罚没物品登记)."""

    __tablename__ = "confiscated_item"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("quantity > 0", name="some_quantity"),
    )

    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    spec: Mapped[str] = mapped_column(String(200), default="")
    quantity: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(String(20))
    condition: Mapped[str] = mapped_column(String(200), default="")
    keeper: Mapped[str] = mapped_column(String(200))
    storage_place: Mapped[str] = mapped_column(String(400))
    disposal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("confiscated_disposal.id"))


class ConfiscatedDisposal(CaseRecord, Base):
    """What was decided about some of them, and that it was done; proceeds go to the treasury."""

    __tablename__ = "confiscated_disposal"
    __table_args__ = (
        CheckConstraint("cardinality(numbers) > 0", name="of_some_goods"),
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("done_at is null or approved_at is not null", name="approved_first"),
        CheckConstraint("done_at is null or witness_name is not null", name="witnessed"),
        CheckConstraint("proceeds >= 0", name="not_negative"),
    )

    way: Mapped[str] = mapped_column(String(20))
    """auction, destroy, hand_over or public_good."""
    reason: Mapped[str] = mapped_column(Text)
    numbers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    receiver: Mapped[str | None] = mapped_column(String(200))
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    returned_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    place: Mapped[str | None] = mapped_column(String(400))
    course: Mapped[str | None] = mapped_column(Text)
    receiver_name: Mapped[str | None] = mapped_column(String(200))
    witness_name: Mapped[str | None] = mapped_column(String(200))
    proceeds: Mapped[Decimal | None]
    """Yuan that an auction or a sale brought; all of it is paid into the treasury (APL 74)."""
    receipt_no: Mapped[str | None] = mapped_column(String(64))
    body_camera: Mapped[bool] = mapped_column(default=False)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    items: Mapped[list[ConfiscatedItem]] = relationship(order_by=ConfiscatedItem.number)
