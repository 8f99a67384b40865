"""Orders to correct (责令改正) and their re-checks (复查): APL 28, V20."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class CorrectionOrder(CaseRecord, Base):
    """An order to correct within a time limit (责令限期改正通知书)."""

    __tablename__ = "correction_order"
    __table_args__ = (CheckConstraint("deadline > ordered_at", name="deadline_after_order"),)

    facts: Mapped[str] = mapped_column(Text)
    demand: Mapped[str] = mapped_column(Text)
    ordered_at: Mapped[datetime]
    deadline: Mapped[datetime]
    recheck_on: Mapped[date | None]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class Recheck(CaseRecord, Base):
    """What the re-check found: corrected or not (复查记录)."""

    __tablename__ = "recheck"

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("correction_order.id"))
    rechecked_at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(20))
    findings: Mapped[str] = mapped_column(Text)
    party_signature: Mapped[str] = mapped_column(String(20))
    signature_note: Mapped[str | None] = mapped_column(Text)
    witness_name: Mapped[str | None] = mapped_column(String(200))
    body_camera: Mapped[bool]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
