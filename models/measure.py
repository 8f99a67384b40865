"""Measures on goods and evidence: sealing and seizure (查封、扣押, AEL 22-28), advance registration
of evidence (先行登记保存, APL 56) and sampling (抽样取证, MSA 31)."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseRecord, Key, Name


class Measure(CaseRecord, Base):
    """One measure: applied for, approved (before, or within a day after), carried out, ended."""

    __tablename__ = "measure"
    __table_args__ = (
        CheckConstraint(
            "executed_at is null or second_officer_id is not null", name="carried_out_by_two"
        ),
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("approved_at is null or approved_by_id is not null", name="approved_by"),
        CheckConstraint("refused_at is null or approved_at is null", name="one_answer"),
        CheckConstraint(
            "urgent or kind = 'sampling' or executed_at is null or approved_at is not null",
            name="approved_before_unless_urgent",
        ),
        CheckConstraint("extended_at is null or extension_no is not null", name="extension_has_no"),
        CheckConstraint("(ended_at is null) = (ending is null)", name="ended_has_ending"),
        Index("ix_measure_case_id_kind", "case_id", "kind"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    """seal, seize, hold or sampling."""
    urgent: Mapped[bool]
    """Taken on the spot before approval (情况紧急, AEL 19; MSA 33)."""
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(400))
    place: Mapped[str] = mapped_column(String(400))
    number: Mapped[str | None] = mapped_column(String(64))
    """Number of the decision, or of the notice of registration."""
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    executed_at: Mapped[datetime | None]
    keeper: Mapped[str | None] = mapped_column(String(200))
    storage_place: Mapped[str | None] = mapped_column(String(400))
    statement: Mapped[str | None] = mapped_column(Text)
    """What the party said when it was heard on the spot (AEL 18)."""
    present_person: Mapped[str | None] = mapped_column(String(200))
    party_signature: Mapped[str | None] = mapped_column(String(10))
    signature_note: Mapped[str | None] = mapped_column(Text)
    witness_name: Mapped[str | None] = mapped_column(String(200))
    body_camera: Mapped[bool] = mapped_column(default=False)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    until: Mapped[date | None]
    """Last day of the period that decision or extension states, as the clock then stood."""
    extended_at: Mapped[datetime | None]
    extension_no: Mapped[str | None] = mapped_column(String(64))
    extension_days: Mapped[int | None]
    extension_reason: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(20))
    """disposed, released, lapsed or refused."""

    items: Mapped[list["MeasureItem"]] = relationship(
        back_populates="measure", order_by="MeasureItem.number"
    )
    disposals: Mapped[list["MeasureDisposal"]] = relationship(
        back_populates="measure", order_by="MeasureDisposal.recorded_at"
    )

    def left(self) -> list["MeasureItem"]:
        """Goods without an outcome yet (V21)."""
        return [item for item in self.items if item.outcome is None]


class MeasureItem(Base):
    """One line of the list of goods (财物清单), with what became of it."""

    __tablename__ = "measure_item"
    __table_args__ = (
        UniqueConstraint("measure_id", "number"),
        CheckConstraint("quantity > 0", name="some_quantity"),
        CheckConstraint("(outcome is null) = (outcome_at is null)", name="outcome_has_date"),
    )

    id: Mapped[Key]
    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"))
    number: Mapped[int]
    name: Mapped[Name]
    spec: Mapped[str] = mapped_column(String(200), default="")
    quantity: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(String(20))
    condition: Mapped[str] = mapped_column(String(200), default="")
    batch: Mapped[str] = mapped_column(String(100), default="")
    base: Mapped[str] = mapped_column(String(100), default="")
    """What a sample was drawn from (抽样基数)."""
    seal_no: Mapped[str] = mapped_column(String(100), default="")
    outcome: Mapped[str | None] = mapped_column(String(20))
    outcome_at: Mapped[datetime | None]
    disposal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("measure_disposal.id"))

    measure: Mapped[Measure] = relationship(back_populates="items")


class MeasureDisposal(CaseRecord, Base):
    """What was decided about some of the goods, and that it was done."""

    __tablename__ = "measure_disposal"
    __table_args__ = (
        CheckConstraint("cardinality(numbers) > 0", name="of_some_goods"),
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("done_at is null or second_officer_id is not null", name="done_by_two"),
    )

    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    """release, confiscate, destroy or hand_over; for registered evidence also copy, test, seize."""
    ground: Mapped[str | None] = mapped_column(String(40))
    """Why a seizure is lifted (AEL 28)."""
    reason: Mapped[str] = mapped_column(Text)
    numbers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    receiver: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[str | None] = mapped_column(String(64))
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    returned_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    condition: Mapped[str | None] = mapped_column(String(400))
    witness_name: Mapped[str | None] = mapped_column(String(200))
    party_signature: Mapped[str | None] = mapped_column(String(10))
    signature_note: Mapped[str | None] = mapped_column(Text)
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    measure: Mapped[Measure] = relationship(back_populates="disposals")
