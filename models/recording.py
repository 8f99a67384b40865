"""Recordings of monitoring devices, their review, and what the party looked at (APL 41)."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseRecord, Key
from models.device import Device


class RecordingState(StrEnum):
    """Life of a recording (电子监控记录). Only a passed one can become evidence (V22)."""

    PENDING_REVIEW = "pending_review"
    PASSED = "passed"
    REJECTED = "rejected"


class Recording(Base):
    """One exceedance or picture as the device sent it; its values are never edited."""

    __tablename__ = "recording"
    __table_args__ = (
        CheckConstraint(
            "evidence_id is null or (state = 'passed' and case_id is not null)",
            name="only_passed_is_evidence",
        ),
        CheckConstraint("sha256 is null or length(sha256) = 64", name="hash_length"),
        Index("ix_recording_subject_id_state_observed_at", "subject_id", "state", "observed_at"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(64), unique=True)
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("device.id"), index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    observed_at: Mapped[datetime]
    """When it happened, by the device's own time source."""
    received_at: Mapped[datetime]
    clock_offset: Mapped[int] = mapped_column(default=0)
    """Seconds by which the device's clock was found to be off."""
    reading: Mapped[str] = mapped_column(String(100))
    standard_limit: Mapped[str] = mapped_column(String(100), default="")
    content: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(400), default="")
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    """Digest of the original file, as the device or platform gave it."""
    source: Mapped[str] = mapped_column(String(12))
    state: Mapped[RecordingState] = mapped_column(String(20), default=RecordingState.PENDING_REVIEW)
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"), index=True)
    """The case that it led to or proves something in."""
    evidence_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    registered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    device: Mapped[Device] = relationship()
    reviews: Mapped[list["RecordingReview"]] = relationship(
        order_by="RecordingReview.reviewed_at", back_populates="recording"
    )


class RecordingReview(Base):
    """Two officers look at one recording and pass it or reject it with the reason."""

    __tablename__ = "recording_review"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("result = 'pass' or length(reason) > 0", name="rejection_has_reason"),
    )

    id: Mapped[Key]
    recording_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recording.id"), index=True)
    result: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    reviewed_at: Mapped[datetime]
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    recording: Mapped[Recording] = relationship(back_populates="reviews")


class EvidenceQuery(CaseRecord, Base):
    """The party looked at the recordings against it (便利查询, APL 41 第三款)."""

    __tablename__ = "evidence_query"

    queried_at: Mapped[datetime]
    way: Mapped[str] = mapped_column(String(20))
    queried_by: Mapped[str] = mapped_column(String(200))
    recordings: Mapped[list[str]] = mapped_column(ARRAY(String(64)))
    """Numbers of the recordings that were shown."""
    note: Mapped[str] = mapped_column(Text, default="")
