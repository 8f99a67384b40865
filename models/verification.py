"""What the check of a lead found (线索核查), and the filing proposal that follows (立案)."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class Verification(CaseRecord, Base):
    """One check of the lead by two officers (MSA 18); the last one leads to the next step."""

    __tablename__ = "verification"

    officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    second_officer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime]
    findings: Mapped[str] = mapped_column(Text)
    conclusion: Mapped[str] = mapped_column(String(20))


class FilingProposal(CaseRecord, Base):
    """Proposal to file or not to file (立案/不予立案), one row a round (MSA 19, 20)."""

    __tablename__ = "filing_proposal"

    file: Mapped[bool]
    facts: Mapped[str] = mapped_column(Text)
    conditions: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    ground: Mapped[str | None] = mapped_column(String(40))
    education: Mapped[str | None] = mapped_column(Text)
    informant_told: Mapped[bool] = mapped_column(default=False)
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
