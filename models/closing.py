"""Closing (结案) and the archived file (归档): MSA 77-79."""

import uuid
from datetime import date, datetime
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
    """The archived file: one PDF with cover, catalogue and page numbers (V28).

    What happens after the archiving is bound as a supplement (补充卷) of its own.
    """

    __tablename__ = "archive_volume"
    __table_args__ = (
        UniqueConstraint("case_id", "supplement"),
        CheckConstraint("main_pages + secondary_pages > 0", name="has_pages"),
        CheckConstraint("supplement >= 0", name="supplement_counts"),
        CheckConstraint(
            "destroyed_at is null or retain_until is not null", name="permanent_is_kept"
        ),
    )

    supplement: Mapped[int] = mapped_column(default=0)
    """0: the file itself; 1, 2 …: supplements in order."""
    archive_no: Mapped[str] = mapped_column(String(64), unique=True)
    retention: Mapped[str] = mapped_column(String(20))
    retain_until: Mapped[date | None]
    """The last day of the retention period (保管期限); empty when it is kept for ever."""
    volumes: Mapped[int]
    main_pages: Mapped[int]
    secondary_pages: Mapped[int]
    """Counted when the file is bound; until then as far as the documents are made."""
    stated_main_pages: Mapped[int | None]
    stated_secondary_pages: Mapped[int | None]
    """What the archivist counted on paper, where it was stated; a difference is remarked."""
    file_order: Mapped[str] = mapped_column(String(40), default="msa78")
    pages_per_book: Mapped[int] = mapped_column(default=200)
    """The order and the thickness in force on the day of archiving."""
    storage_place: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    archived_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    """The archive PDF, once the worker has bound it."""
    index: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    destroyed_at: Mapped[datetime | None]
    """When the paper file and its PDF were destroyed under a disposal list."""
