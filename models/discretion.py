"""Standards of discretion (裁量基准): versioned decision tables, factors to level to range.

A matter names the standard that it follows. Each version is a DMN table with the days between
which it applies; a case keeps the version of the day on which it is decided.
"""

from datetime import date

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Key, Name


class DiscretionTable(Base):
    """One version of a standard: which factors make which level, and its share of the range."""

    __tablename__ = "discretion_table"
    __table_args__ = (
        UniqueConstraint("key", "version"),
        UniqueConstraint("key", "effective_from"),
        CheckConstraint(
            "effective_to is null or effective_to >= effective_from", name="dates_in_order"
        ),
    )

    id: Mapped[Key]
    key: Mapped[Code]
    version: Mapped[str] = mapped_column(String(60))
    title: Mapped[Name]
    title_en: Mapped[Name]
    source: Mapped[str] = mapped_column(String(400))
    verified: Mapped[bool]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    dmn: Mapped[str] = mapped_column(Text)

    def in_force_on(self, day: date) -> bool:
        """Whether this version applies on a day."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )
