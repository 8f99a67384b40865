"""Signatures (签名、盖章): who put what capacity under exactly which file."""

import uuid

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Signature(CaseRecord, Base):
    """One signature under one file. `recorded_at` is when it was given; nothing is ever changed."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("document_id", "capacity", "person_id"),)

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"), index=True)
    capacity: Mapped[str] = mapped_column(String(12))
    """As what: handler, unit_head, reviewer, leader, chair, member, recorder, seal."""
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    acting_for_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    """Digest of the PDF that the person was shown."""
    provider: Mapped[str] = mapped_column(String(40))
    """Who made the signature: local, or a qualified service."""
    key_id: Mapped[str] = mapped_column(String(64))
    """Fingerprint of the key (local) or of the certificate (qualified)."""
    value: Mapped[bytes] = mapped_column(LargeBinary)
