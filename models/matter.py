"""Enforcement matters (执法事项): what may be punished, by whom, how much, on which basis."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name


class Matter(Base):
    """One matter with its statutory range (yuan) and basis; dated, because law changes (V18)."""

    __tablename__ = "matter"
    __table_args__ = (
        UniqueConstraint("code", "effective_from"),
        CheckConstraint(
            "fine_min is null or fine_max is null or fine_min <= fine_max", name="range_in_order"
        ),
        CheckConstraint(
            "effective_to is null or effective_to >= effective_from", name="dates_in_order"
        ),
        CheckConstraint("jsonb_array_length(basis) > 0", name="has_basis"),
    )

    id: Mapped[Key]
    key: Mapped[Code] = mapped_column(index=True)
    code: Mapped[Code]
    title: Mapped[Name]
    title_en: Mapped[Name]
    field: Mapped[str] = mapped_column(String(40), index=True)
    fine_min: Mapped[Decimal | None]
    fine_max: Mapped[Decimal | None]
    basis: Mapped[list[dict[str, Any]]]
    needs_correction: Mapped[bool]
    verified: Mapped[bool]
    content: Mapped[dict[str, Any]]
    """Everything else of the reference file: causes, kinds, discretion levels, checklist."""
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]

    def in_force_on(self, day: date) -> bool:
        """Whether the matter's basis is in force on a day (V18)."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )


class MatterHolding(Base):
    """A legal subject holds a matter on its published list between two days (V19)."""

    __tablename__ = "matter_holding"
    __table_args__ = (UniqueConstraint("subject_id", "matter_id", "held_from"),)

    id: Mapped[Key]
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"), index=True)
    matter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matter.id"), index=True)
    held_from: Mapped[date]
    held_to: Mapped[date | None]
