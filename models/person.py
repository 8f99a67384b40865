"""People, the roles they hold, their certificates and absences."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Key, Name
from models.subject import LegalSubject, Unit
from models.types import Role


class Person(Base):
    """Someone who signs in. The password is an Argon2 hash, never the word itself."""

    __tablename__ = "person"

    id: Mapped[Key]
    key: Mapped[Code] = mapped_column(unique=True)
    login: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    name_en: Mapped[Name]
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    post: Mapped[str] = mapped_column(String(100), default="")
    legal_qualified: Mapped[bool] = mapped_column(default=False)
    reviewer_since: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(5), default="zh")
    theme: Mapped[str] = mapped_column(String(10), default="auto")
    session_epoch: Mapped[int] = mapped_column(default=0)

    assignments: Mapped[list["RoleAssignment"]] = relationship(back_populates="person")
    certificates: Mapped[list["Certificate"]] = relationship(back_populates="person")


class RoleAssignment(Base):
    """(person, role, unit, legal subject, dates). No subject of its own means the unit's."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="dates_in_order"),
    )

    id: Mapped[Key]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="assignments")
    unit: Mapped[Unit] = relationship()
    subject: Mapped[LegalSubject] = relationship()

    def holds_on(self, day: date) -> bool:
        """Whether the assignment is in force on a Shanghai day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Certificate(Base):
    """Enforcement certificate (行政执法证): without it nobody investigates (APL 42)."""

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="dates_in_order"),)

    id: Mapped[Key]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[Code] = mapped_column(unique=True)
    area: Mapped[Name]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    revoked_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="certificates")

    def valid_on(self, day: date) -> bool:
        """Whether the certificate covers a Shanghai day."""
        if self.revoked_on is not None and day >= self.revoked_on:
            return False
        return self.valid_from <= day <= self.valid_to


class Absence(Base):
    """A person is away; the substitute acts for them and the record says so."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("substitute_id is null or substitute_id <> person_id", name="not_oneself"),
        Index("ix_absence_substitute_id_ends_on", "substitute_id", "ends_on"),
    )

    id: Mapped[Key]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[Name]
    recorded_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    substitute: Mapped[Person | None] = relationship(foreign_keys=[substitute_id])
