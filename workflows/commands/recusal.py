"""Requests that somebody step back from a case (回避, APL 43; MSA 4)."""

from dataclasses import dataclass
from datetime import datetime

from workflows.commands.base import CaseCommand, TaskCommand
from workflows.commands.leaders import LeadersCommand


@dataclass(frozen=True, kw_only=True)
class RequestRecusal(CaseCommand):
    """Put on record that an officer asks to step back, or that the party asks it of them."""

    person: str
    asked_by: str
    asked_at: datetime
    relation: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerRecusal(TaskCommand):
    """A leader (of a deputy head: the head of the agency) grants or rejects the request."""

    outcome: str
    reason: str
    replacement: str | None = None


@dataclass(frozen=True, kw_only=True)
class DiscussRecusal(LeadersCommand):
    """Record how the leaders decided together whether the head of the agency steps back."""

    replacement: str | None = None
