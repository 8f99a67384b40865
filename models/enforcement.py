"""What is enforced after the decision: the order looked at again (复查), the agency's own
enforcement (行政强制执行, AEL 34-44) and performance by somebody else (代履行, AEL 50-52)."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class OrderRecheck(CaseRecord, Base):
    """Whether the party did what the decision orders beside the fine (限期拆除、责令改正)."""

    __tablename__ = "order_recheck"
    __table_args__ = (CheckConstraint("officer_id <> second_officer_id", name="two_officers"),)

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    rechecked_at: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(20))
    """corrected, partly_corrected or not_corrected."""
    findings: Mapped[str] = mapped_column(Text)
    party_signature: Mapped[str] = mapped_column(String(20))
    signature_note: Mapped[str | None] = mapped_column(Text)
    witness_name: Mapped[str | None] = mapped_column(String(200))
    body_camera: Mapped[bool]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class Enforcement(CaseRecord, Base):
    """One enforcement of the order by the agency itself, or by somebody in the party's place."""

    __tablename__ = "enforcement"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("approved_at is null or refused_at is null", name="one_answer"),
        CheckConstraint("approved_at is null or number is not null", name="approved_has_number"),
        CheckConstraint("started_at is null or approved_at is not null", name="decided_first"),
        CheckConstraint("ended_at >= started_at", name="ends_after_start"),
        CheckConstraint("(closed_at is null) = (ending is null)", name="closed_has_ending"),
        CheckConstraint("cost >= 0 and cost_estimate >= 0", name="cost_not_negative"),
        Index("ix_enforcement_case_id_kind", "case_id", "kind"),
    )

    kind: Mapped[str] = mapped_column(String(12))
    """own or substitute."""
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"))
    way: Mapped[str] = mapped_column(String(20))
    """Code table `enforcement_way`: demolish, restore, clear …"""
    obligation: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(400))
    place: Mapped[str] = mapped_column(String(400))
    immediate: Mapped[bool] = mapped_column(default=False)
    """What lies on a road or in a waterway is cleared at once (AEL 52)."""
    planned_on: Mapped[date | None]
    executor: Mapped[str | None] = mapped_column(String(200))
    """Who performs in the party's place: the agency, or a third person without an interest."""
    cost_estimate: Mapped[Decimal | None]
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    announced_at: Mapped[datetime | None]
    """强制拆除公告 (AEL 44)."""
    announcement_no: Mapped[str | None] = mapped_column(String(64))
    announcement_place: Mapped[str | None] = mapped_column(String(400))
    remove_by: Mapped[date | None]
    """Day by which the announcement lets the party demolish by itself."""
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(String(64))
    urged_at: Mapped[datetime | None]
    """Urged once more three days before it is performed for the party (AEL 51)."""

    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    course: Mapped[str | None] = mapped_column(Text)
    present_person: Mapped[str | None] = mapped_column(String(200))
    witness_name: Mapped[str | None] = mapped_column(String(200))
    body_camera: Mapped[bool] = mapped_column(default=False)
    emergency: Mapped[str | None] = mapped_column(Text)
    """Why it could not wait for a working day by daylight (AEL 43)."""
    items: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Goods found inside: name, quantity, unit, condition."""
    goods_to: Mapped[str | None] = mapped_column(String(200))
    goods_place: Mapped[str | None] = mapped_column(String(400))
    party_signature: Mapped[str | None] = mapped_column(String(10))
    signature_note: Mapped[str | None] = mapped_column(Text)
    executor_signature: Mapped[str | None] = mapped_column(String(200))
    officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    cost: Mapped[Decimal | None]
    cost_items: Mapped[str | None] = mapped_column(Text)
    cost_no: Mapped[str | None] = mapped_column(String(64))
    cost_due_on: Mapped[date | None]
    cost_claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(12))
    """done, performed (by the party itself) or refused."""


class CourtApplication(CaseRecord, Base):
    """An application to the people's court to enforce (申请人民法院强制执行, AEL 53-58)."""

    __tablename__ = "court_application"
    __table_args__ = (
        CheckConstraint("principal >= 0 and surcharge >= 0", name="not_negative"),
        CheckConstraint("signed_at is null or number is not null", name="signed_has_number"),
        CheckConstraint("signed_at is null or returned_at is null", name="one_answer"),
        CheckConstraint("submitted_at is null or signed_at is not null", name="signed_first"),
        CheckConstraint("(ended_at is null) = (ending is null)", name="ended_has_ending"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"))
    court: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    means: Mapped[str] = mapped_column(Text)
    """What is known of the party's situation and property."""
    materials: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    principal: Mapped[Decimal]
    surcharge: Mapped[Decimal]
    demand: Mapped[str | None] = mapped_column(Text)
    """What else is to be enforced: the order of the decision."""
    amounts_on: Mapped[date]
    opens_on: Mapped[date]
    last_day: Mapped[date]
    outer_day: Mapped[date]
    """The window as it stood: first day, strict last day, last day at the latest."""
    requested_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    returned_at: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(String(64))
    submitted_at: Mapped[datetime | None]
    receiver_name: Mapped[str | None] = mapped_column(String(200))

    accepted_at: Mapped[datetime | None]
    court_case_no: Mapped[str | None] = mapped_column(String(100))
    refused_at: Mapped[datetime | None]
    refused_step: Mapped[str | None] = mapped_column(String(12))
    """acceptance or ruling: what the court refused last."""
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    ruled_at: Mapped[datetime | None]
    ruling_no: Mapped[str | None] = mapped_column(String(100))
    objected_at: Mapped[datetime | None]
    higher_at: Mapped[datetime | None]
    higher_result: Mapped[str | None] = mapped_column(String(12))
    order_performed: Mapped[bool] = mapped_column(default=False)
    """Whether the court had the order of the decision performed, too."""
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(12))
    """returned, dropped, refused, performed or court_ended."""
    ending_no: Mapped[str | None] = mapped_column(String(100))
