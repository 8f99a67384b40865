"""Closing (结案) and the archived file (归档): MSA 77-79."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Closing(CaseRecord, Base):
    """One proposal to close and its outcome (结案审批表)."""

    __tablename__ = "closing"

    closing_ground: Mapped[str] = mapped_column(String(40))
    execution: Mapped[str] = mapped_column(String(40))
    summary: Mapped[str] = mapped_column(Text)
    correction_result: Mapped[str | None] = mapped_column(String(40))
    goods_disposed: Mapped[bool]
    measures_released: Mapped[bool]
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]


class ArchiveVolume(CaseRecord, Base):
    """The archived file: one PDF with cover, catalogue and page numbers (V28)."""

    __tablename__ = "archive_volume"
    __table_args__ = (
        UniqueConstraint("case_id"),
        CheckConstraint("main_pages > 0", name="has_pages"),
    )

    archive_no: Mapped[str] = mapped_column(String(64), unique=True)
    retention: Mapped[str] = mapped_column(String(20))
    volumes: Mapped[int]
    main_pages: Mapped[int]
    secondary_pages: Mapped[int]
    storage_place: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    archived_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    """The archive PDF, once the worker has bound it."""
    index: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
