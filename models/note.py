"""What is not an act in a case: drafts, sign-ins, refused attempts, reads, messages, uploads."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, Name
from models.types import NotificationKind


class TaskDraft(Base):
    """What a person has typed into a task so far."""

    __tablename__ = "task_draft"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    task_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[datetime]


class ListView(Base):
    """How a person narrows a list: under a name of their own, or (name empty) as left last."""

    __tablename__ = "list_view"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    list: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    filters: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[datetime]


class SignIn(Base):
    """An attempt to sign in; failures of the last minutes slow down the next one."""

    __tablename__ = "sign_in"
    __table_args__ = (
        Index("ix_sign_in_login_at", "login", "at"),
        Index("ix_sign_in_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime]
    login: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(20))


class RefusedAttempt(Base):
    """A command that was refused, by whom and on which rules; the record did not change."""

    __tablename__ = "refused_attempt"
    __table_args__ = (Index("ix_refused_attempt_case_id_at", "case_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    command: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(20))
    rules: Mapped[list[str]]
    via: Mapped[str] = mapped_column(String(12))


class ReadEntry(Base):
    """Who opened which case when."""

    __tablename__ = "read_entry"
    __table_args__ = (Index("ix_read_entry_case_id_at", "case_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    what: Mapped[str] = mapped_column(String(80))


class Notification(Base):
    """A message to a person in the program; e-mailed too when SMTP is set."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_person_id_created_at", "person_id", sql("created_at desc")),
        Index("uq_notification_dedup", "person_id", "dedup", unique=True),
    )

    id: Mapped[Key]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[NotificationKind] = mapped_column(String(20))
    text: Mapped[dict[str, Any]]
    link: Mapped[str] = mapped_column(String(200))
    dedup: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    emailed_at: Mapped[datetime | None]


class Watch(Base):
    """A person follows a case."""

    __tablename__ = "watch"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    since: Mapped[datetime]


class Upload(Base):
    """A file on its way in: resumable, not yet evidence."""

    __tablename__ = "upload"

    id: Mapped[Key]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    name: Mapped[Name]
    size: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    media_type: Mapped[str] = mapped_column(String(100), default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ApiToken(Base):
    """A bearer token; only its hash is stored."""

    __tablename__ = "api_token"

    id: Mapped[Key]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[Name]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Progress(Base):
    """How far a long piece of work has come (demo cases, archive), so that a reload still knows."""

    __tablename__ = "progress"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    done: Mapped[int]
    total: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    message: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
