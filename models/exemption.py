"""No penalty for slight and first violations (轻微、首违免罚, APL 33): list, check, promise."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord, Code, Key

GROUNDS = ("minor", "first")
"""轻微不罚 (APL 33 第一款第一句) and 首违可不罚 (第二句)."""
HARMS = ("none", "slight", "harm")
"""没有危害后果、危害后果轻微、造成危害后果."""
TOLERATED = {"minor": ("none",), "first": ("none", "slight")}
"""How much harm each ground still allows."""


class ExemptionItem(Base):
    """One line of the local list (免罚清单): a matter, a ground, its conditions, its days."""

    __tablename__ = "exemption_item"
    __table_args__ = (
        CheckConstraint(
            "effective_to is null or effective_to >= effective_from", name="dates_in_order"
        ),
        Index(
            "uq_exemption_item_matter_ground_subject_from",
            "matter_key",
            "ground",
            "subject_key",
            "effective_from",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(40))
    matter_key: Mapped[Code]
    ground: Mapped[str] = mapped_column(String(10))
    subject_key: Mapped[str | None] = mapped_column(String(64))
    """The legal subject whose list it is; empty means everyone's."""
    commitment: Mapped[bool]
    """Whether the party must promise in writing (告知承诺)."""
    condition: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The condition in words: {zh, en}."""
    source: Mapped[str] = mapped_column(String(400))
    verified: Mapped[bool]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]

    def in_force_on(self, day: date) -> bool:
        """Whether the line applied on a day."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )


class ExemptionCheck(CaseRecord, Base):
    """What was found when an exemption was considered; the basis of everything after it."""

    __tablename__ = "exemption_check"

    ground: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("exemption_item.id"))
    harm: Mapped[str] = mapped_column(String(10))
    corrected_on_spot: Mapped[bool]
    violated_on: Mapped[date]
    looked_back_to: Mapped[date]
    """First day of the look-back in which nothing was found."""


class Commitment(CaseRecord, Base):
    """The party's promise to correct (轻微违法告知承诺书, D62) and whether it was kept."""

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint("promised_by > signed_at", name="promise_after_signing"),
        CheckConstraint("(kept is null) = (rechecked_at is null)", name="kept_when_rechecked"),
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
    )

    facts: Mapped[str] = mapped_column(Text)
    promise: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime]
    signed_by: Mapped[str] = mapped_column(String(200))
    promised_by: Mapped[datetime]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    rechecked_at: Mapped[datetime | None]
    kept: Mapped[bool | None]
    findings: Mapped[str | None] = mapped_column(Text)
    education: Mapped[str | None] = mapped_column(Text)


class FirstViolation(CaseRecord, Base):
    """An entry of the register of exempted violations (首违登记), found by identity number."""

    __tablename__ = "first_violation"
    __table_args__ = (
        Index("ix_first_violation_identity", "subject_id", "identity_no", "violated_on"),
    )

    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    identity_no: Mapped[str] = mapped_column(String(50))
    party_name: Mapped[str] = mapped_column(String(200))
    matter_key: Mapped[Code]
    matter_title: Mapped[str] = mapped_column(String(200))
    ground: Mapped[str] = mapped_column(String(10))
    violated_on: Mapped[date]
    exempted_at: Mapped[datetime]
    number: Mapped[str] = mapped_column(String(64))
    """Number of the refusal to file (不立) or of the decision (不罚决)."""
