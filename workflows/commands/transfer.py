"""Answers to transfers (移送答复), transfers that came in, disputes of jurisdiction: MSA 13-17."""

from dataclasses import dataclass, field
from datetime import datetime

from workflows.commands.base import TaskCommand


@dataclass(frozen=True, kw_only=True)
class RecordTransferAnswer(TaskCommand):
    """What the other agency answered: received, accepted, returned with reasons, or its result."""

    answer: str
    answered_at: datetime
    document_no: str | None = None
    return_reasons: list[str] = field(default_factory=list)
    after_return: str | None = None
    result: str | None = None
    note: str = ""
