"""Hearing (听证): request, admission, host, sittings, record, report (APL 63-65)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseRecord

HELD = "held"
"""The sitting took place; what comes after must rest on its record (APL 65)."""
OVER = frozenset({"held", "absent", "left", "withdrawn"})
"""Results of a sitting after which there is no further one."""
TREATED_AS_WAIVED = frozenset({"absent", "left", "withdrawn"})
"""APL 64 (1) 6: absent without a good reason or leaving midway counts as waiving the hearing."""


class Hearing(CaseRecord, Base):
    """One hearing on one notice, from the party's request to the host's report."""

    __tablename__ = "hearing"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint(
            "admission <> 'refuse' or refusal_ground is not null", name="refusal_has_ground"
        ),
        CheckConstraint("host_id is null or admission = 'admit'", name="host_after_admission"),
        CheckConstraint("host_id <> recorder_id", name="host_is_not_recorder"),
        CheckConstraint("result is null or admission = 'admit'", name="result_after_admission"),
        CheckConstraint("reported_at is null or result = 'held'", name="report_after_sitting"),
    )

    round: Mapped[int]
    notice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notice.id"))
    requested_at: Mapped[datetime]
    request_way: Mapped[str] = mapped_column(String(10))
    requested_by: Mapped[str] = mapped_column(String(200))
    requester_relation: Mapped[str] = mapped_column(String(40))
    grounds: Mapped[str] = mapped_column(Text)
    agents: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """One or two agents of the party (委托代理人, APL 64 (1) 5), with their papers."""
    admission: Mapped[str | None] = mapped_column(String(10))
    refusal_ground: Mapped[str | None] = mapped_column(String(40))
    admission_reason: Mapped[str | None] = mapped_column(Text)
    admission_number: Mapped[str | None] = mapped_column(String(64))
    admitted_at: Mapped[datetime | None]
    host_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    recorder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    appointed_at: Mapped[datetime | None]
    hosts_before: Mapped[list[str]] = mapped_column(ARRAY(String(64)), default=list)
    """Keys of hosts who stepped back (回避); they cannot be appointed again."""
    result: Mapped[str | None] = mapped_column(String(12))
    result_reason: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    found_facts: Mapped[str | None] = mapped_column(Text)
    disputes: Mapped[str | None] = mapped_column(Text)
    host_opinion: Mapped[str | None] = mapped_column(Text)
    recommendation: Mapped[str | None] = mapped_column(String(20))
    reported_at: Mapped[datetime | None]

    sittings: Mapped[list["HearingSitting"]] = relationship(
        back_populates="hearing", order_by="HearingSitting.round"
    )

    @property
    def pending(self) -> bool:
        """Whether the hearing still goes on: asked for, not refused, not ended and reported."""
        if self.admission == "refuse" or self.result in TREATED_AS_WAIVED:
            return False
        return self.reported_at is None

    @property
    def held(self) -> bool:
        """Whether there is a record on which the decision must rest."""
        return self.result == HELD

    @property
    def sitting(self) -> "HearingSitting | None":
        """The sitting that was notified last."""
        return self.sittings[-1] if self.sittings else None


class HearingSitting(CaseRecord, Base):
    """One notified day of a hearing; a postponed one has a successor (听证通知、笔录)."""

    __tablename__ = "hearing_sitting"
    __table_args__ = (
        UniqueConstraint("hearing_id", "round"),
        CheckConstraint("open_to_public or closed_ground is not null", name="closed_has_ground"),
        CheckConstraint("ended_at is null or ended_at >= held_at", name="ends_after_start"),
        CheckConstraint("outcome <> 'held' or claims is not null", name="held_has_record"),
        CheckConstraint(
            "outcome is null or outcome = 'held' or outcome_reason is not null",
            name="otherwise_has_reason",
        ),
    )

    hearing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hearing.id"), index=True)
    round: Mapped[int]
    number: Mapped[str] = mapped_column(String(64))
    planned_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    open_to_public: Mapped[bool]
    closed_ground: Mapped[str | None] = mapped_column(String(40))
    others_told: Mapped[str | None] = mapped_column(Text)
    """Third parties, witnesses and others who were told beside the party."""
    served_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_reason: Mapped[str | None] = mapped_column(Text)
    held_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    participants: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    investigators_case: Mapped[str | None] = mapped_column(Text)
    claims: Mapped[str | None] = mapped_column(Text)
    evidence_examined: Mapped[str | None] = mapped_column(Text)
    last_words: Mapped[str | None] = mapped_column(Text)
    signature: Mapped[str | None] = mapped_column(String(12))
    signature_note: Mapped[str | None] = mapped_column(Text)

    hearing: Mapped[Hearing] = relationship(back_populates="sittings")


class HearingWaiver(CaseRecord, Base):
    """The party's signed waiver of the hearing (放弃听证声明); without one the period runs on."""

    __tablename__ = "hearing_waiver"

    notice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notice.id"), unique=True)
    waived_at: Mapped[datetime]
    waived_by: Mapped[str] = mapped_column(String(200))
