"""Process packs in the database: immutable versions, and drafts made in the browser."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Key, Name
from models.person import Person
from models.types import DraftState, PackOrigin


class PackVersion(Base):
    """One released pack, unchangeable: cases keep the version that they started on."""

    __tablename__ = "pack_version"
    __table_args__ = (
        UniqueConstraint("pack", "number"),
        Index("uq_pack_version_current", "pack", unique=True, postgresql_where=sql("current")),
        CheckConstraint(
            "released_by_id is null or proposed_by_id is null or released_by_id <> proposed_by_id",
            name="two_persons",
        ),
    )

    id: Mapped[Key]
    pack: Mapped[Code]
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[Name]
    title_en: Mapped[Name]
    archive: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """The verbatim files as a deterministic zip."""
    manifest: Mapped[dict[str, Any]]
    origin: Mapped[PackOrigin] = mapped_column(String(10))
    current: Mapped[bool]
    note: Mapped[str] = mapped_column(String(2000), default="")
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime]

    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    released_by: Mapped[Person | None] = relationship(foreign_keys=[released_by_id])


class PackDraft(Base):
    """A draft of a pack; `rev` guards against two people overwriting each other."""

    __tablename__ = "pack_draft"

    id: Mapped[Key]
    pack: Mapped[Code] = mapped_column(index=True)
    title: Mapped[Name]
    base_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pack_version.id"))
    state: Mapped[DraftState] = mapped_column(String(10))
    rev: Mapped[int]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    proposed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    base_version: Mapped[PackVersion | None] = relationship()
    files: Mapped[list["PackDraftFile"]] = relationship(
        back_populates="draft", cascade="all, delete-orphan", order_by="PackDraftFile.path"
    )


class PackDraftFile(Base):
    """One verbatim file of a draft."""

    __tablename__ = "pack_draft_file"

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    draft: Mapped[PackDraft] = relationship(back_populates="files")
