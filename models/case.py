"""The case (案件): the record's root, its handlers and its party."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseRecord, Key, Name
from models.matter import Matter
from models.person import Person
from models.subject import LegalSubject, Unit
from models.types import Stage


class Case(Base):
    """One case from lead to archive. Locked as a whole for every act in it.

    Columns repeated from the record (party, matter) serve the lists, which never load more.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("filed_at is null or case_no is not null", name="filed_has_number"),
        CheckConstraint("act_end is null or act_end >= act_start", name="act_in_order"),
        Index("ix_case_subject_id_opened_at", "subject_id", sql("opened_at desc"), "id"),
        Index("ix_case_subject_id_stage_opened_at", "subject_id", "stage", sql("opened_at desc")),
        Index("ix_case_opened_at", sql("opened_at desc"), "id"),
        Index("ix_case_grams", "grams", postgresql_using="gin"),
        Index(
            "uq_case_subject_id_case_no",
            "subject_id",
            "case_no",
            unique=True,
            postgresql_where=sql("case_no is not null"),
        ),
    )

    id: Mapped[Key]
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    pack_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_version.id"), index=True)
    procedure: Mapped[str] = mapped_column(String(20))
    stage: Mapped[Stage] = mapped_column(String(24))
    flags: Mapped[list[str]] = mapped_column(ARRAY(String(24)), default=list)
    open_sides: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    """Names of the side processes that are open, so that no act has to look them up."""
    rev: Mapped[int] = mapped_column(default=1)
    lead_no: Mapped[str | None] = mapped_column(String(64))
    case_no: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(300))
    party_name: Mapped[Name]
    matter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("matter.id"))
    matter_title: Mapped[str | None] = mapped_column(String(200))
    cause: Mapped[str | None] = mapped_column(String(200))

    source: Mapped[str] = mapped_column(String(40))
    source_detail: Mapped[str] = mapped_column(String(400), default="")
    clue_at: Mapped[datetime]
    lead_content: Mapped[str] = mapped_column(Text)
    act_start: Mapped[date | None]
    act_end: Mapped[date | None]
    act_place: Mapped[str | None] = mapped_column(String(400))
    continuing: Mapped[bool] = mapped_column(default=False)
    harm_life_finance: Mapped[bool] = mapped_column(default=False)
    case_value: Mapped[Decimal | None]
    illegal_gain: Mapped[Decimal | None]

    opened_at: Mapped[datetime]
    filed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    chain_length: Mapped[int] = mapped_column(default=0)
    chain_hash: Mapped[bytes] = mapped_column(LargeBinary(32), default=b"\0" * 32)
    """Head of the case's audit stream: the row is locked for every act, so the chain is too."""
    next_due_at: Mapped[datetime | None] = mapped_column(index=True)
    next_clock: Mapped[str | None] = mapped_column(String(40))
    pending_clocks: Mapped[dict[str, Any]] = mapped_column(
        JSONB, default=dict, server_default=sql("'{}'")
    )
    """What its clocks ask for now: {code: [due_at, last_day or None while suspended]}, so that an
    act that touches no clock reads none."""
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)

    subject: Mapped[LegalSubject] = relationship()
    unit: Mapped[Unit] = relationship()
    matter: Mapped[Matter | None] = relationship()
    handlers: Mapped[list["CaseHandler"]] = relationship(
        back_populates="case", order_by="CaseHandler.since, CaseHandler.lead.desc()"
    )
    parties: Mapped[list["Party"]] = relationship(
        back_populates="case", order_by="Party.recorded_at"
    )

    @property
    def party(self) -> "Party | None":
        """The party as it stands now; earlier wordings stay in the record."""
        return self.parties[-1] if self.parties else None

    def active_handlers(self) -> list["CaseHandler"]:
        """Handlers who have not been replaced."""
        return [h for h in self.handlers if h.until is None]

    def flag(self, name: str) -> None:
        """Set a flag (a new list, so that the change is seen and recorded)."""
        if name not in self.flags:
            self.flags = [*self.flags, name]

    def unflag(self, name: str) -> None:
        """Take a flag away, whether or not it was set."""
        if name in self.flags:
            self.flags = [flag for flag in self.flags if flag != name]


class CaseHandler(Base):
    """One of the two officers (办案人员) in charge, from when to when (APL 42, V07, V08)."""

    __tablename__ = "case_handler"
    __table_args__ = (
        CheckConstraint("until is null or until >= since", name="dates_in_order"),
        Index(
            "uq_case_handler_active",
            "case_id",
            "person_id",
            unique=True,
            postgresql_where=sql("until is null"),
        ),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    lead: Mapped[bool]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(400), default="")

    case: Mapped[Case] = relationship(back_populates="handlers")
    person: Mapped[Person] = relationship()


class Party(CaseRecord, Base):
    """The party (当事人). A corrected wording is a new row; the last one counts (V16)."""

    __tablename__ = "party"
    __table_args__ = (
        CheckConstraint(
            "party_type = 'natural_person' or uscc is not null or uscc_missing_reason is not null",
            name="entity_has_uscc",
        ),
    )

    party_type: Mapped[str] = mapped_column(String(40))
    name: Mapped[Name]
    uscc: Mapped[str | None] = mapped_column(String(18))
    uscc_missing_reason: Mapped[str | None] = mapped_column(String(400))
    cert_type: Mapped[str | None] = mapped_column(String(40))
    cert_no: Mapped[str | None] = mapped_column(String(50))
    representative_name: Mapped[str | None] = mapped_column(String(200))
    representative_cert_type: Mapped[str | None] = mapped_column(String(40))
    representative_cert_no: Mapped[str | None] = mapped_column(String(50))
    representative_duty: Mapped[str | None] = mapped_column(String(100))
    birth_date: Mapped[date | None]
    phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(300))
    contact_address: Mapped[str | None] = mapped_column(String(300))
    service_address: Mapped[str | None] = mapped_column(String(300))
    service_address_confirmed: Mapped[bool] = mapped_column(default=False)
    electronic_service_agreed: Mapped[bool] = mapped_column(default=False)
    electronic_address: Mapped[str | None] = mapped_column(String(200))

    case: Mapped[Case] = relationship(back_populates="parties")

    @property
    def natural(self) -> bool:
        """Whether the party is a natural person (自然人)."""
        return self.party_type == "natural_person"


class Recusal(CaseRecord, Base):
    """A person steps back from a case (回避, APL 43); tasks are rerouted at once."""

    __tablename__ = "recusal"
    __table_args__ = (
        CheckConstraint("person_id <> decided_by_id", name="not_ones_own_judge"),
        CheckConstraint(
            "replacement_id is null or replacement_id <> person_id", name="not_oneself"
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    replacement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
