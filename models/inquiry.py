"""Records of the investigation: site inspections (现场笔录) and questionings (询问笔录)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class InvestigationRecord(CaseRecord, Base):
    """One record taken by two officers who showed their cards and told the rights (APL 54, 55)."""

    __tablename__ = "investigation_record"
    __table_args__ = (
        CheckConstraint("ended_at >= started_at", name="ends_after_start"),
        CheckConstraint("cards_shown", name="cards_shown"),
        CheckConstraint("rights_told", name="rights_told"),
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    """inspection, inquiry or supplement."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(400))
    findings: Mapped[str] = mapped_column(Text, default="")
    person_name: Mapped[str | None] = mapped_column(String(200))
    person_relation: Mapped[str | None] = mapped_column(String(40))
    person_details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    cards_shown: Mapped[bool]
    rights_told: Mapped[bool]
    recusal_requested: Mapped[bool] = mapped_column(default=False)
    party_signature: Mapped[str] = mapped_column(String(20))
    signature_note: Mapped[str | None] = mapped_column(Text)
    witness_name: Mapped[str | None] = mapped_column(String(200))
    body_camera: Mapped[bool]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
