"""Letters that ask another agency for help (协助调查函), and the answers: APL 26, MSA 45."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord, Name


class AssistanceRequest(CaseRecord, Base):
    """One letter; the agency answers within fifteen working days, or refuses with reasons."""

    __tablename__ = "assistance_request"
    __table_args__ = (
        CheckConstraint("replied_at is null or reply is not null", name="reply_is_known"),
        CheckConstraint(
            "reply is null or reply <> 'refused' or refusal_reason is not null",
            name="refusal_has_reason",
        ),
    )

    to_agency: Mapped[Name]
    matters: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(400))
    letter_no: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_phone: Mapped[str] = mapped_column(String(40))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    replied_at: Mapped[datetime | None]
    reply: Mapped[str | None] = mapped_column(String(20))
    """answered, partly, refused or none."""
    reply_no: Mapped[str | None] = mapped_column(String(100))
    reply_text: Mapped[str | None] = mapped_column(Text)
    refusal_reason: Mapped[str | None] = mapped_column(Text)
