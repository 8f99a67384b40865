"""Urging letters (催告, AEL 35, 36, 54)."""

from dataclasses import dataclass
from datetime import datetime

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class IssueUrging(CaseCommand):
    """Write the letter: what is to be paid or done, and how."""

    duty: str = "pay"
    demand: str | None = None


@dataclass(frozen=True, kw_only=True)
class ServeUrging(ServiceFields, PairCommand):
    """Serve the letter; ten working days run from then."""


@dataclass(frozen=True, kw_only=True)
class AnswerUrging(TaskCommand):
    """Record what the party did: stated its case, performed, or kept silent."""

    urging_answer: str
    answered_at: datetime
    statement: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReexamineUrging(TaskCommand):
    """Re-examine what the party said (AEL 36)."""

    accepted: str
    reasons: str
