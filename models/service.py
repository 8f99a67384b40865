"""Proof of service (送达回证): how, where, to whom, by whom (CPL 87-95, MSA 82)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class ProofOfService(CaseRecord, Base):
    """One document served once."""

    __tablename__ = "proof_of_service"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint(
            "service_method <> 'leaving' or refusal_reason is not null", name="leaving_has_reason"
        ),
        CheckConstraint(
            "service_method <> 'announcement' or announcement_reason is not null",
            name="announcement_has_reason",
        ),
        Index("ix_proof_of_service_case_id_kind", "case_id", "document_kind"),
    )

    document_kind: Mapped[str] = mapped_column(String(8))
    document_number: Mapped[str] = mapped_column(String(64))
    receipt_number: Mapped[str] = mapped_column(String(70))
    service_method: Mapped[str] = mapped_column(String(20))
    served_at: Mapped[datetime]
    service_place: Mapped[str | None] = mapped_column(String(400))
    receiver_name: Mapped[str | None] = mapped_column(String(200))
    receiver_relation: Mapped[str | None] = mapped_column(String(40))
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    witness_name: Mapped[str | None] = mapped_column(String(200))
    tracking_number: Mapped[str | None] = mapped_column(String(100))
    electronic_address: Mapped[str | None] = mapped_column(String(200))
    announcement_place: Mapped[str | None] = mapped_column(String(400))
    announcement_reason: Mapped[str | None] = mapped_column(Text)
    proof: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    credit_notice_served: Mapped[bool] = mapped_column(default=False)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
