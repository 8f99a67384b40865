"""Legal subjects (执法主体) and the units (办案机构) where their people work."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Key, Name
from models.types import SubjectKind


class LegalSubject(Base):
    """Who signs, seals, numbers and answers in court (APL 17-24)."""

    __tablename__ = "legal_subject"
    __table_args__ = (CheckConstraint("length(uscc) = 18", name="uscc_length"),)

    id: Mapped[Key]
    key: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    name_en: Mapped[Name]
    kind: Mapped[SubjectKind] = mapped_column(String(20))
    uscc: Mapped[str] = mapped_column(String(18))
    area_code: Mapped[str] = mapped_column(String(12))
    area_short: Mapped[str] = mapped_column(String(10))
    org_short: Mapped[str] = mapped_column(String(20))
    address: Mapped[Name]
    phone: Mapped[str] = mapped_column(String(40))
    reconsideration_organ: Mapped[Name]
    court: Mapped[Name]
    may_punish: Mapped[bool]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]


class Unit(Base):
    """A squad, office or station of a legal subject."""

    __tablename__ = "unit"

    id: Mapped[Key]
    key: Mapped[Code] = mapped_column(unique=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"), index=True)
    name: Mapped[Name]
    name_en: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(20))

    subject: Mapped[LegalSubject] = relationship()
