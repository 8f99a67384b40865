"""Transfers to another agency (移送): APL 26, 27; MSA 14, 17."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Transfer(CaseRecord, Base):
    """One transfer: proposed, approved, sent."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("sent_at is null or approved_at is not null", name="sent_after_approval"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    to_agency: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sending_method: Mapped[str | None] = mapped_column(String(20))
    receiver_name: Mapped[str | None] = mapped_column(String(200))
    receipt_no: Mapped[str | None] = mapped_column(String(64))
    enclosures: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    goods_note: Mapped[str | None] = mapped_column(Text)
