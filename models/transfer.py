"""Transfers to and from other agencies (移送、接收): APL 25-27; MSA 13-17."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Transfer(CaseRecord, Base):
    """One transfer: proposed, approved, sent."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("sent_at is null or approved_at is not null", name="sent_after_approval"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    to_agency: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sending_method: Mapped[str | None] = mapped_column(String(20))
    receiver_name: Mapped[str | None] = mapped_column(String(200))
    receipt_no: Mapped[str | None] = mapped_column(String(64))
    enclosures: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    goods_note: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="draft", server_default="draft")
    """Where it stands, code of `transfer_state`."""
    sent_times: Mapped[int] = mapped_column(default=0, server_default="0")
    received_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reasons: Mapped[list[str]] = mapped_column(
        ARRAY(String(40)), default=list, server_default="{}"
    )
    """Why it came back, codes of `transfer_return`; each missing item of the pack is one."""
    answer_document: Mapped[str | None] = mapped_column(String(100))
    answer_note: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(String(20))
    """What the other agency did with it, code of `transfer_result`."""
    result_at: Mapped[datetime | None]
    to_subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("legal_subject.id"))
    """The receiving legal subject, where it works with the same installation."""
    target_case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    """The lead that it has become there."""


class IncomingTransfer(CaseRecord, Base):
    """A transfer that came in: what was enclosed, how it was answered, what was fed back."""

    __tablename__ = "incoming_transfer"
    __table_args__ = (
        UniqueConstraint("case_id"),
        CheckConstraint("accepted_at is null or returned_at is null", name="one_answer"),
        CheckConstraint(
            "returned_at is null or cardinality(return_reasons) > 0", name="a_return_says_why"
        ),
        CheckConstraint("(fed_back_at is null) = (result is null)", name="result_has_date"),
    )

    from_agency: Mapped[str] = mapped_column(String(200))
    letter_no: Mapped[str | None] = mapped_column(String(100))
    received_at: Mapped[datetime]
    enclosures: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    origin_transfer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("transfer.id"))
    """Our own record of the sender's side, where it came from this installation."""
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_reasons: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    answer_note: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[str | None] = mapped_column(String(20))
    result_note: Mapped[str | None] = mapped_column(Text)
    fed_back_at: Mapped[datetime | None]


class JurisdictionDispute(CaseRecord, Base):
    """Who is in charge: negotiated within seven working days, else designated (MSA 13, 16)."""

    __tablename__ = "jurisdiction_dispute"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("reported_at is null or outcome = 'failed'", name="reported_when_failed"),
        CheckConstraint("designated_at is null or reported_at is not null", name="then_designated"),
    )

    round: Mapped[int]
    other_agency: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    other_filed_on: Mapped[date | None]
    """When the other agency filed: the first filing wins (APL 25)."""
    arose_at: Mapped[datetime]
    negotiated_at: Mapped[datetime | None]
    participants: Mapped[str | None] = mapped_column(Text)
    record: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(20))
    """ours, theirs or failed."""
    reported_at: Mapped[datetime | None]
    superior: Mapped[str | None] = mapped_column(String(200))
    report_no: Mapped[str | None] = mapped_column(String(64))
    designated_at: Mapped[datetime | None]
    designated: Mapped[str | None] = mapped_column(String(20))
    designation_no: Mapped[str | None] = mapped_column(String(100))
