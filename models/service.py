"""Service of documents (送达): attempts, proofs, announcements, confirmed addresses (CPL 87-95).

A document is served once: that is its proof of service (送达回证). What did not succeed is an
attempt; what is announced is served only when the announcement is over, or picked up before.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Method(StrEnum):
    """The seven kinds of service (送达方式)."""

    DIRECT = "direct"
    LEAVING = "leaving"
    ENTRUSTED = "entrusted"
    FORWARDED = "forwarded"
    MAIL = "mail"
    ELECTRONIC = "electronic"
    ANNOUNCEMENT = "announcement"


class AttemptResult(StrEnum):
    """Why an attempt did not serve the document (未能送达的原因)."""

    ABSENT = "absent"
    REFUSED = "refused"
    MOVED = "moved"
    UNTRACEABLE = "untraceable"
    RETURNED = "returned"
    NOT_DELIVERED = "not_delivered"


class AnnouncementState(StrEnum):
    """Life of an announcement (公告送达)."""

    RUNNING = "running"
    OVER = "over"
    PICKED_UP = "picked_up"


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
    helpers: Mapped[str | None] = mapped_column(String(200))
    """Auxiliary staff who came along (执法辅助人员); they never count as one of the two."""
    refused_by: Mapped[str | None] = mapped_column(String(200))
    difficulty_reason: Mapped[str | None] = mapped_column(Text)
    organ_kind: Mapped[str | None] = mapped_column(String(40))
    organ_name: Mapped[str | None] = mapped_column(String(200))
    """The body that was entrusted, or that forwarded the document."""
    mail_result: Mapped[str | None] = mapped_column(String(20))
    """received, or returned from the address that the party had confirmed."""
    returned_reason: Mapped[str | None] = mapped_column(Text)
    announcement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("announcement.id"))
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class ServiceAttempt(CaseRecord, Base):
    """One try that did not serve the document (送达尝试)."""

    __tablename__ = "service_attempt"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("service_method <> 'announcement'", name="not_by_announcement"),
    )

    document_kind: Mapped[str] = mapped_column(String(8))
    document_number: Mapped[str | None] = mapped_column(String(64))
    """None where the number is only taken with the service."""
    service_method: Mapped[str] = mapped_column(String(20))
    attempted_at: Mapped[datetime]
    result: Mapped[AttemptResult] = mapped_column(String(20))
    place: Mapped[str | None] = mapped_column(String(400))
    met_name: Mapped[str | None] = mapped_column(String(200))
    met_relation: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(Text)
    tracking_number: Mapped[str | None] = mapped_column(String(100))
    helpers: Mapped[str | None] = mapped_column(String(200))
    proof: Mapped[list[str]] = mapped_column(ARRAY(String(200)), default=list)
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class Announcement(CaseRecord, Base):
    """An announcement (公告送达): ground, course, where and when; over after thirty days."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint("(state = 'running') = (concluded_at is null)", name="concluded_has_date"),
    )

    document_kind: Mapped[str] = mapped_column(String(8))
    document_number: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(String(64))
    ground: Mapped[str] = mapped_column(String(20))
    """untraceable, or ways_failed."""
    reason: Mapped[str] = mapped_column(Text)
    channels: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    place: Mapped[str] = mapped_column(String(400))
    published_at: Mapped[datetime]
    """The last posting or printing: the thirty days are counted from it."""
    ends_on: Mapped[date]
    """The last day of the announcement, as it was printed."""
    proof: Mapped[list[str]] = mapped_column(ARRAY(String(200)), default=list)
    credit_notice_served: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AnnouncementState] = mapped_column(String(12), default=AnnouncementState.RUNNING)
    concluded_at: Mapped[datetime | None]
    """When the document counts as served: the last day, or the day on which it was picked up."""
    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class ServiceConfirmation(CaseRecord, Base):
    """The signed confirmation of an address for service (送达地址、电子送达确认书).

    A later one supersedes all earlier ones.
    """

    __tablename__ = "service_confirmation"
    __table_args__ = (
        CheckConstraint(
            "not electronic_agreed or electronic_address is not null",
            name="electronic_has_address",
        ),
    )

    service_address: Mapped[str] = mapped_column(String(400))
    receiver_name: Mapped[str | None] = mapped_column(String(200))
    """Who may receive for the party (指定代收人)."""
    receiver_phone: Mapped[str | None] = mapped_column(String(40))
    postcode: Mapped[str | None] = mapped_column(String(10))
    electronic_agreed: Mapped[bool] = mapped_column(default=False)
    electronic_way: Mapped[str | None] = mapped_column(String(20))
    electronic_address: Mapped[str | None] = mapped_column(String(200))
    consequences_told: Mapped[bool]
    signed_by: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime]
