"""Letters of those who supervise (监督意见、检察建议、司法建议等) and the replies to them."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, Name
from models.case import Case
from models.person import Person
from models.subject import LegalSubject


class LetterState(StrEnum):
    """Where the reply stands."""

    OPEN = "open"
    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"


class SupervisionLetter(Base):
    """One letter, about a case or about the agency, with the day by which it is answered."""

    __tablename__ = "supervision_letter"
    __table_args__ = (
        UniqueConstraint("subject_id", "organ", "number"),
        UniqueConstraint("subject_id", "reply_no"),
        CheckConstraint("reply_due >= received_on", name="due_after_receipt"),
        CheckConstraint("state = 'open' or reply is not null", name="drafted_has_reply"),
        CheckConstraint(
            "state not in ('approved', 'sent') or (approved_by_id is not null "
            "and approved_by_id <> drafted_by_id and reply_no is not null)",
            name="approved_by_another",
        ),
        CheckConstraint("state <> 'sent' or sent_on is not null", name="sent_has_day"),
        Index("ix_supervision_letter_subject_id_reply_due", "subject_id", "reply_due"),
    )

    id: Mapped[Key]
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    """Empty: the letter is about the agency."""
    kind: Mapped[str] = mapped_column(String(30))
    organ: Mapped[Name]
    number: Mapped[str] = mapped_column(String(100))
    dated_on: Mapped[date]
    received_on: Mapped[date]
    content: Mapped[str] = mapped_column(Text)
    reply_due: Mapped[date]
    due_stated: Mapped[bool]
    """Whether the letter itself names the day; otherwise the parameter of its kind counts."""
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[LetterState] = mapped_column(String(12))
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    reply: Mapped[str | None] = mapped_column(Text)
    measures: Mapped[str | None] = mapped_column(Text)
    """What was put right, and what will be (整改情况)."""
    drafted_at: Mapped[datetime | None]
    drafted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    returned_reason: Mapped[str | None] = mapped_column(Text)
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    reply_no: Mapped[str | None] = mapped_column(String(64))
    sent_on: Mapped[date | None]
    sending_method: Mapped[str | None] = mapped_column(String(200))

    subject: Mapped[LegalSubject] = relationship()
    case: Mapped[Case | None] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])

    def late(self, today: date) -> bool:
        """Whether the day has passed without a reply, or the reply went out after it."""
        return (self.sent_on or today) > self.reply_due
