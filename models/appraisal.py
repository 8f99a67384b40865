"""Entrusted tests and appraisals (委托检测、检验、鉴定、评估、认定): MSA 32, AEL 25.

The period that the letter fixes does not count for the ninety days, nor, once the party has been
told of it in writing, for a seizure.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord, Name


class Appraisal(CaseRecord, Base):
    """One letter to an institution, its answer, and what the party said to it.

    A re-test (复检) is a row of its own that names the one before.
    """

    __tablename__ = "appraisal"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint(
            "received_at is null or conclusion is not null", name="result_has_conclusion"
        ),
        CheckConstraint("result_told_at is null or received_at is not null", name="told_after"),
        CheckConstraint("objected_at is null or objection is not null", name="objection_is_known"),
        CheckConstraint("retest_of_id is null or retest_of_id <> id", name="not_its_own_retest"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    """test, inspection, expertise, valuation or recognition (code table appraisal_kind)."""
    question: Mapped[str] = mapped_column(Text)
    material: Mapped[str] = mapped_column(Text)
    institution: Mapped[Name]
    qualification: Mapped[Name]
    licence_no: Mapped[str] = mapped_column(String(100))
    licence_until: Mapped[date]
    letter_no: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]
    period_until: Mapped[date]
    """Last day of the period that the letter fixes (检测期间)."""
    measure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("measure.id"))
    """The seizure whose goods are tested."""
    retest_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("appraisal.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    period_notice_no: Mapped[str | None] = mapped_column(String(64))
    period_told_at: Mapped[datetime | None]
    """When the party was told in writing how long it takes (AEL 25)."""
    received_at: Mapped[datetime | None]
    report_no: Mapped[str | None] = mapped_column(String(100))
    appraisers: Mapped[str | None] = mapped_column(String(400))
    conclusion: Mapped[str | None] = mapped_column(Text)
    result_notice_no: Mapped[str | None] = mapped_column(String(64))
    result_told_at: Mapped[datetime | None]
    objection_until: Mapped[date | None]
    objection: Mapped[str | None] = mapped_column(String(10))
    """none or made."""
    objected_at: Mapped[datetime | None]
    objection_reason: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(String(10))
    """What an objection led to: retest or refused."""
    answer_reason: Mapped[str | None] = mapped_column(Text)
