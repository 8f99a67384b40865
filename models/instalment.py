"""Deferral and payment by instalments (延期、分期缴纳, APL 66): Shanghai days, money in yuan."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class InstalmentPlan(CaseRecord, Base):
    """What the party asked for in writing, and what was approved; a later plan replaces it."""

    __tablename__ = "instalment_plan"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("granted is null or decided_at is not null", name="decided_has_date"),
        CheckConstraint(
            "granted is not true or (start_on is not null and number is not null"
            " and jsonb_array_length(parts) > 0)",
            name="granted_is_complete",
        ),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    round: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    """deferral (延期) or instalments (分期)."""
    applied_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    asked: Mapped[list[dict[str, Any]]]
    """What the party asks for: {"day": ISO date, "amount": yuan as text} each."""
    parts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """What was approved, likewise."""
    clause: Mapped[str] = mapped_column(String(8), default="whole")
    """What a missed part makes due: the whole rest, or the missed part alone."""
    clause_text: Mapped[str | None] = mapped_column(Text)
    granted: Mapped[bool | None]
    number: Mapped[str | None] = mapped_column(String(64))
    start_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    defaulted_on: Mapped[date | None]
    """The last day of the part that was missed; as it was known when the party was told."""
    default_number: Mapped[str | None] = mapped_column(String(64))
    default_rest: Mapped[str | None] = mapped_column(String(30))
    """Yuan of the fine that became due, as the notice said it."""
