"""Letters of assistance (协助调查函, APL 26; MSA 45)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class RequestAssistance(CaseCommand):
    """Ask another agency in writing for help with the investigation."""

    to_agency: str
    matters: str
    reason: str
    basis: str
    asked_at: datetime
    contact_name: str
    contact_phone: str


@dataclass(frozen=True, kw_only=True)
class RecordAssistanceReply(TaskCommand):
    """Record the answer, a refusal with its reasons, or that none came in time."""

    reply: str
    replied_at: datetime
    reply_no: str | None = None
    reply_text: str | None = None
    refusal_reason: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
