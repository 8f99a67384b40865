"""Tasks (任务): the user tasks of a process as people see them, projected for lists."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Name
from models.case import Case
from models.person import Person
from models.types import TaskState

OPEN = sql("state = 'open'")


class Task(Base):
    """One waiting user task. `id` is the engine's; `rev` guards against stale pages."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(
            "state <> 'done' or (completed_at is not null and completed_by_id is not null)",
            name="done_by_someone",
        ),
        CheckConstraint("claimed_at is null or assignee_id is not null", name="claimed_by_someone"),
        Index("ix_task_open_assignee", "assignee_id", "due_at", "opened_at", postgresql_where=OPEN),
        Index(
            "ix_task_open_offer",
            "subject_id",
            "role_set",
            "due_at",
            "opened_at",
            # Duties and units are looked at for each offer: counting them reads the index alone.
            postgresql_include=["unit_id", "case_id", "command"],
            postgresql_where=sql("state = 'open' and assignee_id is null"),
        ),
        Index(
            "ix_task_open_offer_unit",
            "unit_id",
            "role_set",
            "due_at",
            "opened_at",
            postgresql_include=["subject_id", "case_id", "command"],
            postgresql_where=sql("state = 'open' and assignee_id is null"),
        ),
        Index("ix_task_case_id_state", "case_id", "state"),
        Index(
            "ix_task_done",
            "completed_by_id",
            sql("completed_at desc"),
            postgresql_where=sql("state = 'done'"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    process_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    element: Mapped[Code]
    title: Mapped[Name]
    title_en: Mapped[Name]
    lane: Mapped[Code]
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    role_set: Mapped[str] = mapped_column(String(200))
    """The lane's roles, sorted and joined: the key of the offer index."""
    command: Mapped[Code]
    state: Mapped[TaskState] = mapped_column(String(10))
    rev: Mapped[int] = mapped_column(default=1)
    round: Mapped[int] = mapped_column(default=1)
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Why the task is where it is: {zh, en}."""
    from_person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    acting_for_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))

    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legal_subject.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    party_name: Mapped[Name]
    case_no: Mapped[str | None] = mapped_column(String(64))
    matter_title: Mapped[str | None] = mapped_column(String(200))
    clock: Mapped[str | None] = mapped_column(String(40))
    last_day: Mapped[date | None]
    due_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    from_person: Mapped[Person | None] = relationship(foreign_keys=[from_person_id])
