"""Extension of the time to decide (延长办案期限, MSA 64)."""

from dataclasses import dataclass

from workflows.commands.base import CaseCommand, TaskCommand
from workflows.commands.leaders import LeadersCommand


@dataclass(frozen=True, kw_only=True)
class RequestExtension(CaseCommand):
    """Ask for more time to decide the case; `days` only where the leaders discuss it together."""

    reason: str
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewExtension(TaskCommand):
    """The unit head supports the request, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveExtension(TaskCommand):
    """The head grants the first extension (thirty days), or refuses it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class DiscussExtension(LeadersCommand):
    """Record the leaders' discussion of a further extension and the days that they fix."""

    days: int | None = None
