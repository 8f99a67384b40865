"""Evidence (证据): the eight kinds of APL 46, content-addressed."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord, Name


class Evidence(CaseRecord, Base):
    """One item; the file is found by its SHA-256. Excluded evidence stays, but is never cited."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("admissible or excluded_reason is not null", name="excluded_has_reason"),
        CheckConstraint(
            "(sha256 is null) = (size is null) and (sha256 is null or length(sha256) = 64)",
            name="file_has_hash",
        ),
    )

    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[Name]
    source: Mapped[str] = mapped_column(String(400), default="")
    collected_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(400), default="")
    original: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str | None] = mapped_column(String(200))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str | None] = mapped_column(String(100))
    element: Mapped[str | None] = mapped_column(String(64))
    """The step in which it was taken."""
    origin_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """The item of another case that this one recognises (证据互认); same file, same digest."""
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    admissible: Mapped[bool] = mapped_column(default=True)
    excluded_reason: Mapped[str | None] = mapped_column(Text)
