"""Decisions (决定): the penalty or no-penalty decision with the law it rests on (APL 57, 59)."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord
from models.report import PenaltyTerms


class Decision(CaseRecord, PenaltyTerms, Base):
    """One decision. The basis is the text it was made on, copied at that moment."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("uq_decision_case_id", "case_id", unique=True, postgresql_where=sql("not undone")),
        UniqueConstraint("subject_id", "number"),
        CheckConstraint("jsonb_array_length(basis) > 0", name="has_basis"),
        CheckConstraint(
            "decision <> 'penalty' or on_the_spot"
            " or (notice_id is not null and review_id is not null)",
            name="penalty_after_notice_and_review",
        ),
        CheckConstraint(
            "decision <> 'penalty' or cardinality(penalty_kinds) > 0", name="penalty_has_kind"
        ),
        CheckConstraint("on_the_spot or report_id is not null", name="rests_on_a_report"),
        CheckConstraint("fine is null or fine >= 0", name="fine_not_negative"),
        CheckConstraint(
            "notified_fine is null or fine is null or fine <= notified_fine",
            name="not_heavier_than_notified",
        ),
        CheckConstraint(
            "decision = 'penalty' or (fine is null and no_penalty_ground is not null)",
            name="no_penalty_has_ground",
        ),
    )

    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    number: Mapped[str] = mapped_column(String(64))
    decision: Mapped[str] = mapped_column(String(12))
    decision_type: Mapped[str] = mapped_column(String(30))
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    on_the_spot: Mapped[bool] = mapped_column(default=False)
    """简易程序 (APL 51): made at once by two officers, without filing, report and review."""
    report_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("final_report.id"))
    review_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("review_opinion.id"))
    notice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notice.id"))
    discussion_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("discussion.id"))
    hearing_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("hearing.id"))
    notified_fine: Mapped[Decimal | None]
    facts: Mapped[str] = mapped_column(Text)
    basis: Mapped[list[dict[str, Any]]]
    discretion_level: Mapped[str | None] = mapped_column(String(20))
    discretion_factors: Mapped[list[str]] = mapped_column(ARRAY(String(80)), default=list)
    discretion_reason: Mapped[str | None] = mapped_column(Text)
    discretion_standard: Mapped[str | None] = mapped_column(String(130))
    deviation_reason: Mapped[str | None] = mapped_column(Text)
    law_applied: Mapped[str] = mapped_column(String(20), default="act_date")
    """Which law the basis is: that of the act's day, or a later lighter one (从旧兼从轻)."""
    mitigation_ground: Mapped[str | None] = mapped_column(String(40))
    statement_adoption: Mapped[str | None] = mapped_column(Text)
    hearing_adoption: Mapped[str | None] = mapped_column(Text)
    """How the hearing was taken into account: the decision rests on its record (APL 65)."""
    no_penalty_ground: Mapped[str | None] = mapped_column(String(40))
    education: Mapped[str | None] = mapped_column(Text)
    undone: Mapped[bool] = mapped_column(default=False)
