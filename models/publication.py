"""Publication: what the public site may read. Masked words only, a copy of its own.

The public pages query this table and no other. A row that is no longer shown loses its content in
the same statement; its address stays, to say when and why.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Shown(StrEnum):
    """Whether the public may read it, and if not, why not."""

    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPAIRED = "repaired"


class Publication(Base):
    """One published decision (APL 48). `address` is its stable, unguessable public key."""

    __tablename__ = "publication"
    __table_args__ = (
        CheckConstraint(
            "state = 'shown' or (number is null and party is null and uscc is null"
            " and title is null and title_en is null and outcome is null and outcome_en is null"
            " and lines = '[]' and searched = '' and grams = '{}' and kinds = '[]')",
            name="nothing_left_when_gone",
        ),
        CheckConstraint(
            "state <> 'withdrawn' or (ended_on is not null and reason is not null)",
            name="withdrawal_has_reason",
        ),
        Index("ix_publication_state_published_at", "state", sql("published_at desc"), "id"),
        Index("ix_publication_grams", "grams", postgresql_using="gin"),
    )

    id: Mapped[Key]
    address: Mapped[str] = mapped_column(String(24), unique=True)
    disclosure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("disclosure.id"), unique=True)
    state: Mapped[Shown] = mapped_column(String(12))
    subject_key: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(200))
    subject_en: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime]
    publish_until: Mapped[date]

    number: Mapped[str | None] = mapped_column(String(64))
    party: Mapped[str | None] = mapped_column(String(200))
    uscc: Mapped[str | None] = mapped_column(String(18))
    title: Mapped[str | None] = mapped_column(String(200))
    title_en: Mapped[str | None] = mapped_column(String(200))
    field: Mapped[str | None] = mapped_column(String(40))
    field_zh: Mapped[str | None] = mapped_column(String(80))
    field_en: Mapped[str | None] = mapped_column(String(120))
    kinds: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=sql("'[]'"))
    """Kinds of penalty: {value, zh, en}."""
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_en: Mapped[str | None] = mapped_column(Text)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=sql("'[]'"))
    """The masked text, line by line: {zh, en, text}, the label in both languages."""
    decided_on: Mapped[date | None]
    credit_class: Mapped[str | None] = mapped_column(String(20))
    searched: Mapped[str] = mapped_column(Text, default="", server_default="")
    """All words that search looks through, folded; masked like the text."""
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")

    ended_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    replaced_by: Mapped[str | None] = mapped_column(String(24))
    """Public address of what is published in its place."""

    def clear(self, state: Shown, on: date, reason: str, reason_en: str) -> None:
        """Take the content away; what is left is the address, the agency, the day and why."""
        self.state, self.ended_on, self.reason, self.reason_en = state, on, reason, reason_en
        self.number = self.party = self.uscc = self.title = self.title_en = None
        self.outcome = self.outcome_en = self.decided_on = self.credit_class = None
        self.field = self.field_zh = self.field_en = None
        self.kinds, self.lines, self.searched, self.grams = [], [], "", []
