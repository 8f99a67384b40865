"""Urging letters (履行行政决定催告书, AEL 35, 36, 54): before any enforcement."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Urging(CaseRecord, Base):
    """One letter: what is to be done, when it reached the party, what the party said to it.

    Enforcement reads `served_on`, `expires_on` and `stands`: it may begin after the last day.
    """

    __tablename__ = "urging"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("fine >= 0 and confiscated >= 0 and surcharge >= 0", name="not_negative"),
        CheckConstraint("(served_at is null) = (expires_on is null)", name="served_has_last_day"),
        CheckConstraint("answer <> 'stated' or statement is not null", name="stated_has_words"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    number: Mapped[str] = mapped_column(String(64))
    duty: Mapped[str] = mapped_column(String(10))
    """pay (money) or perform (another duty, such as a removal)."""
    demand: Mapped[str] = mapped_column(Text)
    """What is to be done, and how (AEL 35)."""
    fine: Mapped[Decimal]
    confiscated: Mapped[Decimal]
    surcharge: Mapped[Decimal]
    """Yuan outstanding when the letter was written."""
    as_of: Mapped[date]
    issued_at: Mapped[datetime]
    served_at: Mapped[datetime | None]
    served_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    """The last day to perform (ten working days after service, AEL 54, 69)."""
    answer: Mapped[str | None] = mapped_column(String(12))
    """stated (陈述申辩), silent or performed."""
    answered_at: Mapped[datetime | None]
    statement: Mapped[str | None] = mapped_column(Text)
    accepted: Mapped[bool | None]
    """Whether the re-examination found the party right; then the letter no longer stands."""
    reexamination: Mapped[str | None] = mapped_column(Text)
    reexamined_at: Mapped[datetime | None]
    reexamined_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    @property
    def urged_on(self) -> date:
        """The day of the letter."""
        return self.as_of

    @property
    def stands(self) -> bool:
        """Whether it was served and the party was not found right."""
        return self.served_at is not None and self.accepted is not True

    def expired(self, day: date) -> bool:
        """Whether the time that it gave is over on the day, so that enforcement may begin."""
        return self.stands and self.expires_on is not None and day > self.expires_on
