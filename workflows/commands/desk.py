"""Work on tasks and cases themselves: claim, release, hand over, watch, note, extra forms."""

import uuid
from dataclasses import dataclass
from typing import Any

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class ClaimTask(CaseCommand):
    """Take an offered task (认领)."""

    task_id: uuid.UUID
    rev: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReleaseTask(CaseCommand):
    """Give a claimed task back to those who may do it (退回待认领)."""

    task_id: uuid.UUID
    rev: int | None = None


@dataclass(frozen=True, kw_only=True)
class HandOverTask(CaseCommand):
    """Hand a task over to a colleague who may do it (转交), with the reason."""

    task_id: uuid.UUID
    to: str
    reason: str
    rev: int | None = None


@dataclass(frozen=True, kw_only=True)
class WatchCase(CaseCommand):
    """Follow a case (关注)."""


@dataclass(frozen=True, kw_only=True)
class UnwatchCase(CaseCommand):
    """Stop following a case."""


@dataclass(frozen=True, kw_only=True)
class AddCaseNote(CaseCommand):
    """Write a remark for colleagues; it is not part of the file."""

    text: str


@dataclass(frozen=True, kw_only=True)
class RecordForm(TaskCommand):
    """Store an extra form of the pack on the record; it never satisfies a legal guard."""

    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class FireClock(CaseCommand):
    """A statutory clock has run out (system only)."""

    clock_id: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class RemindOfClock(CaseCommand):
    """A statutory clock has turned amber: tell those who hold the step (system only)."""

    clock_id: uuid.UUID
