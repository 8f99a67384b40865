"""Prior notice (事先告知), statements (陈述申辩) and their re-examination: APL 44, 45, 62."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord
from models.report import PenaltyTerms


class Notice(CaseRecord, PenaltyTerms, Base):
    """What the party was told; a later notice supersedes it, nothing is edited."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("waived_at is null or served_at is not null", name="waived_after_service"),
        CheckConstraint(
            "period_over_at is null or served_at is not null", name="period_after_service"
        ),
    )

    round: Mapped[int]
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("final_report.id"))
    number: Mapped[str] = mapped_column(String(64))
    facts: Mapped[str] = mapped_column(Text)
    served_at: Mapped[datetime | None]
    waived_at: Mapped[datetime | None]
    period_over_at: Mapped[datetime | None]
    hearing_right: Mapped[bool] = mapped_column(default=False)
    """Whether the notice tells a right to a hearing (听证告知书, APL 63)."""
    hearing_reason: Mapped[str | None] = mapped_column(String(400))
    hearing_over_at: Mapped[datetime | None]
    """When the time to ask for a hearing ran out; empty while it runs or after a request."""

    @property
    def document_kind(self) -> str:
        """听证告知书 (D35) where there is a right to a hearing, else 事先告知书 (D34)."""
        return "D35" if self.hearing_right else "D34"


class Statement(CaseRecord, Base):
    """What the party said, or the written waiver (陈述申辩 / 放弃声明)."""

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint("statement <> 'made' or content is not null", name="made_has_content"),
        CheckConstraint("statement <> 'waived' or waiver_signed", name="waiver_in_writing"),
    )

    notice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notice.id"))
    statement: Mapped[str] = mapped_column(String(10))
    stated_at: Mapped[datetime]
    way: Mapped[str | None] = mapped_column(String(10))
    stated_by: Mapped[str] = mapped_column(String(200))
    content: Mapped[str | None] = mapped_column(Text)
    waiver_signed: Mapped[bool] = mapped_column(default=False)


class Reexamination(CaseRecord, Base):
    """The written answer to a statement (陈述申辩复核意见书, APL 45)."""

    __tablename__ = "reexamination"

    statement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("statement.id"), unique=True)
    reexamination: Mapped[str] = mapped_column(String(10))
    accepted: Mapped[str] = mapped_column(String(10))
    reasons: Mapped[str] = mapped_column(Text)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
