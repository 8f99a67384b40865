"""Remedies (救济) against what the agency decided: reconsideration and litigation (ARL, ALL).
Days are Shanghai days, money is yuan."""

import uuid
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class RemedyKind(StrEnum):
    """Which way the party took."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"


class Remedy(CaseRecord, Base):
    """One reconsideration (行政复议), or one instance of a lawsuit (行政诉讼的一个审级)."""

    __tablename__ = "remedy"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "round"),
        CheckConstraint(
            "(kind = 'litigation') = (instance is not null)", name="a_lawsuit_has_its_instance"
        ),
        CheckConstraint("accepted_on is null or refused_on is null", name="taken_or_refused"),
        CheckConstraint("accepted_on >= applied_on", name="taken_after_it_was_applied_for"),
        CheckConstraint("refused_on is null or refusal_reason is not null", name="refusal_is_told"),
        CheckConstraint("outcome is null or decided_on is not null", name="outcome_has_its_day"),
        CheckConstraint("received_on >= decided_on", name="received_after_it_was_decided"),
        CheckConstraint("ended_on >= applied_on", name="ends_after_it_began"),
        CheckConstraint("stay_from is null or stay_ordered", name="stay_is_ordered"),
        CheckConstraint("changed_fine >= 0", name="changed_fine_not_negative"),
        Index("ix_remedy_applied_on", "applied_on"),
    )

    kind: Mapped[RemedyKind] = mapped_column(String(16))
    round: Mapped[int]
    """Counts the remedies of this kind in the case."""
    instance: Mapped[str | None] = mapped_column(String(12))
    """Of a lawsuit: first, appeal, retrial (一审、二审、再审)."""
    challenged: Mapped[str] = mapped_column(String(20), default="decision")
    """What is challenged: the decision, a surcharge, a measure … (code table challenged_act)."""
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    applicant: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(200))
    """The reconsideration organ (复议机关) or the court."""
    authority_no: Mapped[str | None] = mapped_column(String(100))
    """Its own number of the matter."""
    request: Mapped[str] = mapped_column(Text)
    """What is asked for, and why (复议、诉讼请求和理由)."""
    applied_on: Mapped[date]
    through_agency: Mapped[bool] = mapped_column(default=False)
    """Handed to the agency, which forwards it (ARL 32)."""
    forwarded_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    simple: Mapped[bool] = mapped_column(default=False)
    """Simple procedure: 5 working days to reply, 30 days to decide (ARL 53, 54, 62)."""
    decide_by: Mapped[date | None]
    """Last day on which the organ decides; moved when it extends (ARL 62)."""
    extended: Mapped[bool] = mapped_column(default=False)
    copy_received_on: Mapped[date | None]
    reply_by: Mapped[date | None]
    """Last day to reply with the evidence."""
    replied_on: Mapped[date | None]
    reply_late: Mapped[bool] = mapped_column(default=False)
    """After the last day: the act is treated as without evidence (视为没有证据, ARL 70, ALL 34)."""
    reply: Mapped[str | None] = mapped_column(Text)
    court_form: Mapped[str | None] = mapped_column(String(10))
    """How the court decided: judgment or ruling (判决、裁定)."""
    may_appeal: Mapped[bool] = mapped_column(default=False)
    agent: Mapped[str | None] = mapped_column(String(200))
    """Who represents the agency beside its head (委托代理人)."""
    stay_ordered: Mapped[bool] = mapped_column(default=False)
    """Enforcement is suspended only when it is ordered (ARL 42, ALL 56)."""
    stay_from: Mapped[date | None]
    stay_to: Mapped[date | None]
    """The day on which it was lifted before the end."""
    stay_reason: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None]
    received_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    """Code table remedy_outcome."""
    ground: Mapped[str | None] = mapped_column(String(30))
    """Why it was corrected: facts, evidence, procedure, law … (code table remedy_ground)."""
    outcome_no: Mapped[str | None] = mapped_column(String(100))
    outcome_reason: Mapped[str | None] = mapped_column(Text)
    changed_fine: Mapped[Decimal | None]
    """Yuan; what a change leaves to pay."""
    redo_by: Mapped[date | None]
    """By when the organ or the court wants a new act."""
    ended_on: Mapped[date | None]
    """The day on which it came to its end: received, refused, or the judgment took effect."""

    @property
    def open(self) -> bool:
        """Whether it is still under way."""
        return self.ended_on is None

    def pause(self) -> tuple[date, date | None]:
        """First and last day, both included, for which no surcharge is counted (APL 73); the last
        one is None while the remedy is under way. It begins with the application; one that was
        refused counts until the refusal, in favour of the party."""
        return self.applied_on, self.ended_on

    def stay(self) -> tuple[date, date | None] | None:
        """The days on which enforcement stands still by order; None where nobody ordered it."""
        if self.stay_from is None:
            return None
        return self.stay_from, self.stay_to or self.ended_on
