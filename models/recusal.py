"""Requests that somebody step back from a case (回避申请, APL 43; MSA 4)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class RecusalRequest(CaseRecord, Base):
    """An officer asks to step back, or the party asks it of them; a leader decides.

    The investigation goes on until then (APL 43). What was granted stands as a `Recusal` too.
    """

    __tablename__ = "recusal_request"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("granted is null or decided_at is not null", name="decided_has_date"),
        CheckConstraint("person_id <> decided_by_id", name="not_ones_own_judge"),
    )

    round: Mapped[int]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_by: Mapped[str] = mapped_column(String(10))
    """officer: the person; party: the party to the case."""
    asked_at: Mapped[datetime]
    relation: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    decider: Mapped[str] = mapped_column(String(10))
    """head: any leader; chief: the head of the agency; panel: the leaders together."""
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decision_reason: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(String(64))
    replacement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    meeting: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
