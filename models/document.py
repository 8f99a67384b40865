"""Documents (文书), their numbers, and extra forms that packs record."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord, Code, Key, Name
from models.types import DocumentState


class Document(CaseRecord, Base):
    """One document with the facts it was filled from; the file is made by the worker from these.

    The same facts and template give the same bytes, so `sha256` is a promise, not a guess.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_case_id_kind", "case_id", "kind"),
        CheckConstraint("(sha256 is null) = (rendered_at is null)", name="rendered_has_hash"),
    )

    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[Name]
    number: Mapped[str | None] = mapped_column(String(70))
    volume: Mapped[str] = mapped_column(String(10))
    """main (正卷) or secondary (副卷)."""
    position: Mapped[int]
    state: Mapped[DocumentState] = mapped_column(String(12))
    dated_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    template_hash: Mapped[str] = mapped_column(String(64))
    pack_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_version.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    rendered_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(1000))
    corrected_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("document.id", deferrable=True, initially="DEFERRED")
    )
    """The document that took its place (superseded), or that corrects it (still in force)."""


class NumberTaken(Base):
    """A number of the register: one sequence per legal subject, kind and year (V29)."""

    __tablename__ = "number_taken"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind", "year", "sequence"),
        UniqueConstraint("subject_id", "number"),
        CheckConstraint("sequence > 0", name="counts_from_one"),
    )

    id: Mapped[Key]
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[Code]
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None] = mapped_column(String(400))


class NumberSequence(Base):
    """The last number taken of a sequence; locked while the next one is taken."""

    __tablename__ = "number_sequence"

    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class FormEntry(CaseRecord, Base):
    """An extra form that a designer added: validated scalars; never satisfies a legal guard."""

    __tablename__ = "form_entry"

    form: Mapped[Code]
    element: Mapped[Code]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class CaseNote(CaseRecord, Base):
    """A remark of a colleague on a case; not part of the file."""

    __tablename__ = "case_note"

    text: Mapped[str] = mapped_column(String(2000))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
