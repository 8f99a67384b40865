"""Where the tokens stand: one small opaque state per process, and its cold history."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class ProcessInstance(Base):
    """State of the main process or of a side process of a case; written by the engine only."""

    __tablename__ = "process_instance"
    __table_args__ = (
        CheckConstraint("main = (side is null)", name="main_has_no_side"),
        Index(
            "uq_process_instance_case_id_side",
            "case_id",
            "side",
            unique=True,
            postgresql_where=sql("side is not null and ended_at is null"),
        ),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    pack_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_version.id"))
    process_key: Mapped[str] = mapped_column(String(64))
    main: Mapped[bool]
    side: Mapped[str | None] = mapped_column(String(40))
    """Name of the side process (hearing, seizure …) in the pack; at most one of each is open."""
    state: Mapped[bytes] = mapped_column(LargeBinary)
    codec: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    rev: Mapped[int]
    rounds: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """How often each step was taken, and by whom last: {element: [count, person]}."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ProcessHistory(Base):
    """An earlier state, kept cold for the as-of view; never read by a list."""

    __tablename__ = "process_history"

    process_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("process_instance.id"), primary_key=True
    )
    rev: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    codec: Mapped[int]
    state: Mapped[bytes] = mapped_column(LargeBinary)
