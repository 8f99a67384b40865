"""Final report (案件调查终结报告): six parts and the proposal (MSA 48)."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class PenaltyTerms:
    """What is proposed, notified or decided: kinds, yuan, content, discretion."""

    penalty_kinds: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    fine: Mapped[Decimal | None]
    confiscated_amount: Mapped[Decimal | None]
    licence: Mapped[str | None] = mapped_column(String(200))
    penalty_content: Mapped[str | None] = mapped_column(Text)
    correction_demand: Mapped[str | None] = mapped_column(Text)
    correction_deadline: Mapped[date | None]


TERMS = (
    "penalty_kinds",
    "fine",
    "confiscated_amount",
    "licence",
    "penalty_content",
    "correction_demand",
    "correction_deadline",
)


def terms_of(row: PenaltyTerms) -> dict[str, Any]:
    """The terms of one row, to be carried on to the next step unchanged."""
    return {name: getattr(row, name) for name in TERMS}


class FinalReport(CaseRecord, PenaltyTerms, Base):
    """One round of the final report; a returned file gets a new round, the old one stays."""

    __tablename__ = "final_report"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("fine is null or fine >= 0", name="fine_not_negative"),
        CheckConstraint(
            "proposal <> 'penalty' or cardinality(penalty_kinds) > 0", name="penalty_has_kind"
        ),
    )

    round: Mapped[int]
    proposal: Mapped[str] = mapped_column(String(20))
    matter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matter.id"))
    cause: Mapped[str | None] = mapped_column(String(200))
    course: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    nature: Mapped[str] = mapped_column(Text)
    cited_evidence: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    case_value: Mapped[Decimal | None]
    illegal_gain: Mapped[Decimal | None]
    rate_base: Mapped[Decimal | None]
    discretion_level: Mapped[str | None] = mapped_column(String(20))
    discretion_factors: Mapped[list[str]] = mapped_column(ARRAY(String(80)), default=list)
    discretion_reason: Mapped[str | None] = mapped_column(Text)
    discretion_standard: Mapped[str | None] = mapped_column(String(130))
    """Key and version of the table that was followed, such as `three_steps@ZH-CL-2024`."""
    deviation_reason: Mapped[str | None] = mapped_column(Text)
    mitigation_ground: Mapped[str | None] = mapped_column(String(40))
    complex_or_major: Mapped[bool] = mapped_column(default=False)
    complexity_reason: Mapped[str | None] = mapped_column(Text)
    no_penalty_ground: Mapped[str | None] = mapped_column(String(40))
    education: Mapped[str | None] = mapped_column(Text)
    withdrawal_ground: Mapped[str | None] = mapped_column(String(40))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
