"""The audit trail: every act with payload, before and after, chained by salted digests."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.person import Person


class AuditEvent(Base):
    """One executed command. The chain covers digests, so that erasing a payload keeps it valid."""

    __tablename__ = "audit_event"
    __table_args__ = (
        CheckConstraint("octet_length(hash) = 32", name="hash_length"),
        Index("uq_audit_event_stream_position", "stream", "position", unique=True),
        Index("ix_audit_event_case_id_id", "case_id", "id"),
        Index("ix_audit_event_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    stream: Mapped[uuid.UUID]
    """The case, or the nil UUID for acts outside any case."""
    position: Mapped[int]
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    acting_for_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str | None] = mapped_column(String(20))
    via: Mapped[str] = mapped_column(String(12))
    command: Mapped[str] = mapped_column(String(64))
    tag: Mapped[str] = mapped_column(String(64))
    important: Mapped[bool] = mapped_column(Boolean)
    events: Mapped[list[dict[str, Any]]]
    """[{tag, zh, en, details}] as the timeline tells them."""
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    changes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    """[{table, key, before, after}] of every changed row."""
    state_digest: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    erased_at: Mapped[datetime | None]

    actor: Mapped[Person | None] = relationship(foreign_keys=[actor_id])
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_id])


class ChainHead(Base):
    """Length and last hash of one stream; updated with each event, so that a cut tail shows."""

    __tablename__ = "chain_head"

    stream: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    length: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditSeal(Base):
    """A seal over all events up to `upto`: chained among themselves, so a lost stream shows."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    first: Mapped[int] = mapped_column(BigInteger)
    upto: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int]
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class CommandReceipt(Base):
    """An idempotency key that was used, with its result: a second use has no second effect."""

    __tablename__ = "command_receipt"

    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
    result: Mapped[dict[str, Any]]
