"""Changes of the law as the program applies it (法律参数、日历、依据的变更), and what they moved.

A change is proposed with its reason and source. What touches the rights of parties is put in
force by a second person; what only steers the office (when a clock turns amber) takes effect at
once. Nothing is overwritten: the trail of changes is the history of the law book.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key


class ChangeKind(StrEnum):
    """What is changed."""

    PARAMETER = "parameter"
    CALENDAR = "calendar"
    MATTER = "matter"


class ChangeState(StrEnum):
    """Life of a change."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REJECTED = "rejected"


INTERNAL = (".amber", "upload.limit_bytes", "transfer.receipt_days", "major_case.report_days")
"""Ends of the keys that steer the office alone and take nobody's right."""


def changes_rights(kind: str, key: str) -> bool:
    """Whether a second person puts the change in force: all but what steers the office alone."""
    return kind != ChangeKind.PARAMETER or not key.endswith(INTERNAL)


class LawChange(Base):
    """One change with who proposed it, who put it in force, and why."""

    __tablename__ = "law_change"
    __table_args__ = (
        Index(
            "uq_law_change_one_proposed",
            "kind",
            "key",
            sql("coalesce(subject_id::text, '')"),
            unique=True,
            postgresql_where=sql("state = 'proposed'"),
        ),
        Index("ix_law_change_kind_key", "kind", "key"),
        CheckConstraint(
            "(state = 'proposed') = (decided_at is null)", name="decided_unless_proposed"
        ),
        CheckConstraint(
            "not needs_second or state <> 'in_force' or decided_by_id <> proposed_by_id",
            name="second_person_puts_in_force",
        ),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[Code]
    """The parameter, the year, or the matter."""
    subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("legal_subject.id"))
    effective_from: Mapped[date]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    source: Mapped[str] = mapped_column(String(400))
    reason: Mapped[str] = mapped_column(Text)
    needs_second: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decision_reason: Mapped[str | None] = mapped_column(Text)


class ClockMove(Base):
    """One clock of one case that a change of the law moved: before, after, and by which change."""

    __tablename__ = "clock_move"
    __table_args__ = (UniqueConstraint("change_id", "clock_id"),)

    id: Mapped[Key]
    change_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("law_change.id"))
    clock_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("statutory_clock.id"), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    last_before: Mapped[date]
    outer_before: Mapped[date]
    last_after: Mapped[date]
    outer_after: Mapped[date]
    moved_at: Mapped[datetime]
