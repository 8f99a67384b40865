"""Disclosure (公示): what is published of a decision, masked, released by a second person."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
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
    prepared_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
