"""What happens to archived files: legal hold (法律保留), borrowing (借阅), disposal (销毁)."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key
from models.case import Case
from models.person import Person


class LegalHold(Base):
    """A file must stay whatever its retention says, because somebody may still need it."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("(lifted_at is null) = (lifted_reason is null)", name="lifted_has_reason"),
        Index(
            "uq_legal_hold_case_id",
            "case_id",
            unique=True,
            postgresql_where=sql("lifted_at is null"),
        ),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    reason: Mapped[str] = mapped_column(Text)
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    lifted_reason: Mapped[str | None] = mapped_column(Text)


class LoanState(StrEnum):
    """Where a loan stands."""

    REQUESTED = "requested"
    REFUSED = "refused"
    LENT = "lent"
    RETURNED = "returned"


class FileLoan(Base):
    """One borrowing: reading the file on the screen until a day, or the paper file."""

    __tablename__ = "file_loan"
    __table_args__ = (
        CheckConstraint(
            "state = 'requested' or (decided_by_id is not null and decided_by_id <> borrower_id)",
            name="decided_by_another",
        ),
        CheckConstraint("state <> 'lent' or until is not null", name="lent_has_day"),
        CheckConstraint("state <> 'refused' or refusal is not null", name="refused_has_reason"),
        Index("ix_file_loan_case_id_state", "case_id", "state"),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    borrower_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    paper: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    asked_until: Mapped[date]
    state: Mapped[LoanState] = mapped_column(String(12))
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refusal: Mapped[str | None] = mapped_column(Text)
    until: Mapped[date | None]
    """The last day of reading, or the day by which the paper file is back."""
    returned_at: Mapped[datetime | None]
    return_note: Mapped[str | None] = mapped_column(String(400))

    case: Mapped[Case] = relationship()
    borrower: Mapped[Person] = relationship(foreign_keys=[borrower_id])

    def overdue(self, today: date) -> bool:
        """Whether a paper file should have been back."""
        return (
            self.paper
            and self.state == LoanState.LENT
            and self.until is not None
            and today > self.until
        )

    def readable(self, person: uuid.UUID, today: date) -> bool:
        """Whether this person may read the file under this loan today."""
        return (
            self.borrower_id == person
            and self.state == LoanState.LENT
            and self.until is not None
            and today <= self.until
        )


class Disposal(Base):
    """A file whose retention has ended was destroyed by two people; what it was stays known."""

    __tablename__ = "disposal"
    __table_args__ = (
        CheckConstraint("proposed_by_id <> carried_out_by_id", name="two_persons"),
        CheckConstraint(
            "(carried_out_at is null) = (carried_out_by_id is null)", name="carried_out_by"
        ),
        Index(
            "uq_disposal_case_id",
            "case_id",
            unique=True,
            postgresql_where=sql("cancelled_at is null"),
        ),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    reason: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    carried_out_at: Mapped[datetime | None]
    carried_out_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]
    certificate_no: Mapped[str | None] = mapped_column(String(64))
    method: Mapped[str | None] = mapped_column(String(200))
    destroyed: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """What was destroyed: archive number, pages, digest of each volume."""
