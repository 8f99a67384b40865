"""Opinions: approvals of heads and leaders, and the legal review (法制审核, APL 58)."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Opinion(CaseRecord, Base):
    """What a unit head or leader said at one step (审批意见); a return says why."""

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint("outcome <> 'return' or length(text) > 0", name="return_has_reason"),
        Index("ix_opinion_case_id_element", "case_id", "element"),
    )

    element: Mapped[str] = mapped_column(String(64))
    round: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    acting_for_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class ReviewOpinion(CaseRecord, Base):
    """The statutory opinion of a round (exactly one); not passed means no decision (APL 58, V14).

    What other organs say in the same round stands in `models.joint_review`, attached to it.
    """

    __tablename__ = "review_opinion"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint(
            "passed or (cardinality(failure_reasons) > 0 and length(reasons) > 0)",
            name="failure_has_reasons",
        ),
        CheckConstraint("passed = (review = 'pass')", name="passed_means_pass"),
    )

    round: Mapped[int]
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("final_report.id"))
    review: Mapped[str] = mapped_column(String(20))
    opinion: Mapped[str] = mapped_column(String(24))
    passed: Mapped[bool]
    failure_reasons: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    reasons: Mapped[str] = mapped_column(Text, default="")
    checklist: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    reviewer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    level: Mapped[str] = mapped_column(String(20), default="town")
    """Who reviewed: the town's own officer, or the legal reviewer of the agency."""
    ground: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """Why the case is reviewed, as the decision table said it: level, zh, en."""
    levels: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Levels of joint review that the table named for this round, each with its reason."""
