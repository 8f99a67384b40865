"""Links between cases: joint handling (联合执法、综合查一次), one act, duplicates."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, CaseRecord


class CaseLink(CaseRecord, Base):
    """One link, made in one case and seen from both; each stays its own legal subject's case."""

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint("case_id <> other_id", name="not_itself"),
        CheckConstraint(
            "(removed_at is null) = (removed_reason is null)", name="a_removal_says_why"
        ),
        Index(
            "uq_case_link_active",
            "case_id",
            "other_id",
            unique=True,
            postgresql_where=sql("removed_at is null"),
        ),
        Index("ix_case_link_other_id", "other_id"),
    )

    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    relation: Mapped[str] = mapped_column(String(20))
    """joint, related or duplicate, code of `case_relation`."""
    action: Mapped[str] = mapped_column(String(200), default="")
    """The joint action (联合行动、综合查一次) that both come from."""
    same_act: Mapped[bool]
    """Whether both are about one act, which is fined once (一事不二罚, APL 29)."""
    reason: Mapped[str] = mapped_column(Text)
    offered: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list)
    """Numbers of this case's evidence that the other one may recognise (证据互认, ZJ-ZF 18)."""
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str | None] = mapped_column(Text)
    removed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
