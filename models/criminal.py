"""Criminal transfer (行刑衔接、移送涉嫌犯罪案件): State Council Order 310; APL 27, 35; AEL 21."""

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, UUID
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class CriminalTransfer(CaseRecord, Base):
    """One suspicion: reported, answered by the head, sent, answered by the police, ended."""

    __tablename__ = "criminal_transfer"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("cardinality(team) > 1", name="a_team_of_two"),
        CheckConstraint("(decided_at is null) = (approved is null)", name="answered_once"),
        CheckConstraint("decided_at is null or decided_by_id is not null", name="the_head_said_so"),
        CheckConstraint("approved or refusal is not null or approved is null", name="refusal_kept"),
        CheckConstraint("sent_at is null or approved", name="sent_after_approval"),
        CheckConstraint("sent_at is null or number is not null", name="sent_has_number"),
        CheckConstraint("police is null or sent_at is not null", name="police_answer_what_came"),
        CheckConstraint("handed_at is null or police = 'filed'", name="handed_over_when_filed"),
        CheckConstraint("result is null or handed_at is not null", name="result_after_handover"),
        CheckConstraint("set_off <= criminal_fine", name="set_off_within_fine"),
    )

    round: Mapped[int]
    team: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(UUID))
    """The special team (专案组) of at least two officers (310 art. 5)."""
    crime: Mapped[str] = mapped_column(String(200))
    """The suspected offence with its article, such as 危险作业罪（刑法第一百三十四条之一）."""
    facts: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime]
    """When the head received the written report: the three days run from then."""
    reported_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    acting_for_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    """The absent head for whom the acting head (主持工作的负责人) decided."""
    refusal: Mapped[str | None] = mapped_column(Text)

    number: Mapped[str | None] = mapped_column(String(64))
    sent_at: Mapped[datetime | None]
    stage_before: Mapped[str | None] = mapped_column(String(24))
    police_organ: Mapped[str | None] = mapped_column(String(200))
    procuratorate: Mapped[str | None] = mapped_column(String(200))
    enclosures: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    missing_note: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime | None]
    receiver_name: Mapped[str | None] = mapped_column(String(200))
    receipt_no: Mapped[str | None] = mapped_column(String(64))
    passed_to: Mapped[str | None] = mapped_column(String(200))
    """The organ to which the police passed it on because it is not theirs (310 art. 7)."""

    police: Mapped[str | None] = mapped_column(String(20))
    """filed (立案) or refused (不予立案), as it stands after the last answer."""
    police_document: Mapped[str | None] = mapped_column(String(100))
    police_answered_at: Mapped[datetime | None]
    """When the notice reached the agency: three days to hand over, or to object, run from it."""
    police_reason: Mapped[str | None] = mapped_column(Text)

    handed_at: Mapped[datetime | None]
    handed_to: Mapped[str | None] = mapped_column(String(200))
    handed_note: Mapped[str | None] = mapped_column(Text)
    party_told_at: Mapped[datetime | None]
    """When the party was told in writing that seized goods have moved (AEL 21)."""

    result: Mapped[str | None] = mapped_column(String(20))
    result_document: Mapped[str | None] = mapped_column(String(100))
    result_organ: Mapped[str | None] = mapped_column(String(200))
    result_at: Mapped[datetime | None]
    criminal_fine: Mapped[Decimal | None]
    """罚金, in yuan."""
    set_off: Mapped[Decimal | None]
    """How much of it the administrative fine that was paid before is set off against (APL 35)."""
    result_note: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(20))
    """refused, resumed or closed."""


class CriminalObjection(CaseRecord, Base):
    """What the agency did about a refusal to file: asked for review, or told the procuratorate."""

    __tablename__ = "criminal_objection"
    __table_args__ = (
        UniqueConstraint("transfer_id", "way"),
        CheckConstraint("(answered_at is null) = (result is null)", name="answer_has_date"),
    )

    transfer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("criminal_transfer.id"))
    way: Mapped[str] = mapped_column(String(20))
    """review (提请复议, 310 art. 9) or supervision (建议立案监督)."""
    reason: Mapped[str] = mapped_column(Text)
    organ: Mapped[str] = mapped_column(String(200))
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str | None] = mapped_column(String(20))
    answered_at: Mapped[datetime | None]
    answer_document: Mapped[str | None] = mapped_column(String(100))
    answer_reason: Mapped[str | None] = mapped_column(Text)
