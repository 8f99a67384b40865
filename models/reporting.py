"""Reports to platforms (归集、报送): an outbox with receipts and rejections (ZJ-ZF 5, 23)."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.case import Case
from models.types import ReportState


class ReportRecord(Base):
    """One record on its way to one destination: what happened in a case, mapped and delivered."""

    __tablename__ = "report_record"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_report_record_case_id", "case_id"),
        Index("ix_report_record_state_created_at", "state", "created_at"),
        CheckConstraint(
            "state not in ('sent', 'accepted', 'rejected') or mapped is not null",
            name="sent_is_mapped",
        ),
        CheckConstraint("state <> 'rejected' or rejection is not null", name="rejected_has_reason"),
        CheckConstraint("version > 0", name="counts_from_one"),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"), index=True)
    destination: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(String(20))
    """filed, decided, changed, closed or withdrawn."""
    version: Mapped[int]
    """Which telling of this event it is: one more each time that it is told anew."""
    key: Mapped[str] = mapped_column(String(160))
    """The same for the same telling wherever it goes: a destination that has it takes it once."""
    state: Mapped[ReportState] = mapped_column(String(12))
    created_at: Mapped[datetime]
    due_on: Mapped[date | None]
    """By when it has to be there, where a rule says so (重大处罚备案)."""
    mapped: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    """[{name, value, source}] in the order of the destination's columns."""
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    sha256: Mapped[str | None] = mapped_column(String(64))
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    receipt: Mapped[str | None] = mapped_column(String(200))
    rejection: Mapped[str | None] = mapped_column(Text)
    failure: Mapped[str | None] = mapped_column(String(1000))
    """Why the last attempt to deliver it failed; it is tried again."""

    case: Mapped[Case] = relationship()
