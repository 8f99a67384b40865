"""The agency corrects its own decision (自行撤销、变更、确认违法、补正; APL 48, 75)."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class OwnRevision(CaseRecord, Base):
    """One revision: proposed, reviewed by the legal office, decided as the decision was, served."""

    __tablename__ = "own_revision"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("decided_at is null or refused_at is null", name="one_answer"),
        CheckConstraint("new_fine >= 0", name="new_fine_not_negative"),
        CheckConstraint("act <> 'correct' or new_fine is null", name="typing_errors_move_no_fine"),
        CheckConstraint("decided_at is null or number is not null", name="decided_has_number"),
    )

    round: Mapped[int]
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    act: Mapped[str] = mapped_column(String(12))
    """Code table own_revision_act: revoke, change, unlawful, correct (补正)."""
    ground: Mapped[str] = mapped_column(String(30))
    """Code table remedy_ground."""
    reason: Mapped[str] = mapped_column(Text)
    new_fine: Mapped[Decimal | None]
    """Yuan; what a change leaves to pay."""
    wrong_words: Mapped[str | None] = mapped_column(Text)
    right_words: Mapped[str | None] = mapped_column(Text)
    collective: Mapped[bool]
    """The decision was discussed collectively, so its revision is too."""
    meeting: Mapped[dict[str, Any] | None]
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str | None] = mapped_column(String(64))
    served_at: Mapped[datetime | None]
