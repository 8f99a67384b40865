"""Disclosure (公示): what is published of a decision, masked, released by a second person; how
it ends: by time, by credit repair (信用修复) or by withdrawal (撤回, APL 48)."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord
from models.types import DisclosureState


class Disclosure(CaseRecord, Base):
    """One preparation and its release or refusal (APL 48, V24)."""

    __tablename__ = "disclosure"
    __table_args__ = (
        CheckConstraint(
            "released_by_id is null or released_by_id <> prepared_by_id", name="two_persons"
        ),
        CheckConstraint(
            "state <> 'published' or (public_text is not null and published_at is not null)",
            name="published_has_text",
        ),
        CheckConstraint(
            "state <> 'withheld' or withhold_ground is not null", name="withheld_has_ground"
        ),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    state: Mapped[DisclosureState] = mapped_column(String(12))
    disclose: Mapped[str] = mapped_column(String(10))
    withhold_ground: Mapped[str | None] = mapped_column(String(40))
    withhold_reason: Mapped[str | None] = mapped_column(Text)
    secrecy_checked: Mapped[bool]
    privacy_checked: Mapped[bool]
    masked_items: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    public_text: Mapped[str | None] = mapped_column(Text)
    channels: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    credit_class: Mapped[str | None] = mapped_column(String(20))
    publish_until: Mapped[date | None]
    """Last day of display, itself included."""
    rule: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=sql("'{}'"))
    """What rules/disclosure.dmn answered: {disclosure, ground, credit_class, zh, en}."""
    departure_reason: Mapped[str | None] = mapped_column(Text)
    """Why the proposal departs from the rule."""
    extra_masks: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default=list, server_default=sql("'[]'")
    )
    """Words that the publisher masks beside those of the rule: {text, kind}."""
    prepared_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("disclosure.id"))
    """The withdrawn disclosure in whose place this one is published."""
    ended_at: Mapped[datetime | None]
    """When the display was over: its time, a repair, a withdrawal."""


class DisclosureWithdrawal(CaseRecord, Base):
    """A published decision is taken back, with its reason (APL 48: three working days)."""

    __tablename__ = "disclosure_withdrawal"
    __table_args__ = (
        CheckConstraint(
            "approved_by_id is null or approved_by_id <> proposed_by_id", name="two_persons"
        ),
        CheckConstraint("approved_at is null or refused_at is null", name="one_answer"),
    )

    disclosure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("disclosure.id"), index=True)
    ground: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    """What the public reads in place of the decision."""
    changed_on: Mapped[date]
    """The day of the change, revocation or finding: the three working days count from it."""
    replace: Mapped[bool] = mapped_column(default=False)
    """Whether another text is published in its place."""
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    """When every channel had confirmed that the text is gone."""


class ChannelRemoval(CaseRecord, Base):
    """One channel no longer shows the text: our own site by itself, others with proof."""

    __tablename__ = "channel_removal"
    __table_args__ = (
        UniqueConstraint("withdrawal_id", "channel"),
        CheckConstraint("automatic or proof <> ''", name="by_hand_with_proof"),
    )

    withdrawal_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("disclosure_withdrawal.id"), index=True
    )
    channel: Mapped[str] = mapped_column(String(40))
    removed_at: Mapped[datetime]
    proof: Mapped[str] = mapped_column(Text, default="")
    automatic: Mapped[bool] = mapped_column(default=False)


class CreditRepair(CaseRecord, Base):
    """The party asks that the display end early (信用修复, CR36); a leader decides."""

    __tablename__ = "credit_repair"
    __table_args__ = (
        CheckConstraint(
            "decided_by_id is null or decided_by_id <> recorded_by_id", name="two_persons"
        ),
    )

    disclosure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("disclosure.id"), index=True)
    applicant: Mapped[str] = mapped_column(String(200))
    applied_on: Mapped[date]
    obligations: Mapped[str] = mapped_column(Text)
    """How fine and orders were carried out."""
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    opinion: Mapped[str] = mapped_column(Text, default="")
