"""Joint review (“1+3”会审): what other organs say beside the statutory opinion, and the answers.

Exactly one opinion of a round is the statutory review (`models.review`, APL 58); these rows are
attached to it. Each objection of the review is answered before the file moves on.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class JointOpinion(CaseRecord, Base):
    """An organ asked for its opinion on the report, and what it answered (会审意见)."""

    __tablename__ = "joint_opinion"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(
            "given_at is null or (opinion is not null and length(reasons) > 0 "
            "and length(giver_name) > 0)",
            name="given_is_complete",
        ),
        CheckConstraint("given_at is null or given_at >= recorded_at", name="given_after_asked"),
    )

    number: Mapped[int]
    """Counted in the case: what the form calls it by."""
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("final_report.id"))
    level: Mapped[str] = mapped_column(String(20))
    organ: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime | None]
    giver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    """The person who gave it here; empty when a written reply was entered."""
    giver_name: Mapped[str] = mapped_column(String(100), default="")
    giver_post: Mapped[str] = mapped_column(String(200), default="")
    opinion: Mapped[str | None] = mapped_column(String(24))
    reasons: Mapped[str] = mapped_column(Text, default="")


class Consultation(CaseRecord, Base):
    """A consultation meeting (会商): court, justice office, department, counsel; its minutes."""

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("ended_at >= held_at", name="ends_after_start"),
        CheckConstraint("length(conclusion_text) > 0", name="has_conclusion"),
    )

    round: Mapped[int]
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("final_report.id"))
    held_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(Text)
    participants: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Rows of kind (code `consultation_organ`), organ, name, post, view, opinion."""
    opinion: Mapped[str] = mapped_column(String(24))
    conclusion_text: Mapped[str] = mapped_column(Text)
    chair_name: Mapped[str] = mapped_column(String(100))
    recorder_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class ReviewObjection(CaseRecord, Base):
    """One objection of a review that did not pass, and the handlers' answer to it."""

    __tablename__ = "review_objection"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(
            "answered_at is null or (answer is not null and length(answer_text) > 0)",
            name="answer_is_reasoned",
        ),
        CheckConstraint("reason is not null or item is not null", name="names_its_object"),
    )

    number: Mapped[int]
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review_opinion.id"))
    reason: Mapped[str | None] = mapped_column(String(40))
    """Code of `review_failure`; these are counted."""
    item: Mapped[str | None] = mapped_column(String(64))
    """Item of the checklist that was not met."""
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(String(12))
    """accepted: mended as asked; rejected: not, for the reason given."""
    answer_text: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
