"""Corrections of facts that were recorded wrongly (更正): before, after, why, and who approved."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class FactCorrection(CaseRecord, Base):
    """One fact that the record had wrong. It is proposed first; a leader corrects or refuses."""

    __tablename__ = "fact_correction"
    __table_args__ = (
        CheckConstraint("before <> after", name="changes_something"),
        CheckConstraint(
            "(outcome is null) = (decided_at is null)",
            name="decided_by_somebody",
        ),
        CheckConstraint("decided_by_id <> proposed_by_id", name="by_a_second_person"),
    )

    fact: Mapped[str] = mapped_column(String(40))
    """Which fact: a key of `workflows.correcting.FACTS`, such as party_name."""
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str | None] = mapped_column(String(10))
    """correct or refuse; None while it waits for approval."""
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """The documents that said it wrongly: title, number, and what became of each (fate)."""
    number: Mapped[str | None] = mapped_column(String(64))
    """Of the notice to the party (补正通知书), where a served document was wrong."""
