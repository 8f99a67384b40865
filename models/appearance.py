"""Appearance of the agency's head (负责人出庭应诉) at court sessions and hearings of the organ that
reconsiders (ALL 3, ARL 51, SPC20)."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Appearance(CaseRecord, Base):
    """One session: summoned, who is sent, who came."""

    __tablename__ = "appearance"
    __table_args__ = (
        UniqueConstraint("remedy_id", "number"),
        CheckConstraint("sends is null or sends in ('head', 'nobody')", name="head_or_nobody"),
        CheckConstraint(
            "sends <> 'nobody' or (excuse is not null and excuse_reason is not null)",
            name="absence_is_explained",
        ),
        CheckConstraint("sends <> 'head' or head_duty is not null", name="duty_is_told"),
        CheckConstraint("counts is null or recorded_on is not null", name="counted_once_held"),
    )

    remedy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("remedy.id"), index=True)
    number: Mapped[int]
    summoned_on: Mapped[date]
    planned_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300))
    asked_by_court: Mapped[bool] = mapped_column(default=False)
    """The court asks for the head in writing, though one came before (SPC20 3, 4)."""
    sends: Mapped[str | None] = mapped_column(String(8))
    """head, or nobody with an excuse; empty until the head of the agency has decided."""
    head_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    head_duty: Mapped[str | None] = mapped_column(String(30))
    """Code table head_duty: who counts as a head (SPC20 2)."""
    excuse: Mapped[str | None] = mapped_column(String(30))
    """Code table head_excuse (SPC20 8)."""
    excuse_reason: Mapped[str | None] = mapped_column(Text)
    excuse_stamped: Mapped[bool] = mapped_column(default=False)
    """The explanation bears the seal of the agency, or the head's signature (SPC20 8)."""
    excuse_proof: Mapped[list[str]] = mapped_column(ARRAY(String(200)), default=list)
    staff: Mapped[str | None] = mapped_column(String(300))
    """Members of staff who go too; a lawyer alone never suffices (ALL 3, SPC20 5)."""
    lawyer: Mapped[str | None] = mapped_column(String(200))
    recorded_on: Mapped[date | None]
    came: Mapped[str | None] = mapped_column(String(16))
    """Who came: head, staff, lawyer_only, nobody."""
    spoke: Mapped[bool | None]
    """The head spoke to the substance (出庭出声, SPC20 11)."""
    counts: Mapped[bool | None]
    """Whether it counts as attended by the head (indicator K24)."""
    excused: Mapped[bool | None]
    """Whether the court accepted the excuse."""
    note: Mapped[str | None] = mapped_column(Text)
