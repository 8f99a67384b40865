"""Suspension, resumption and termination of the investigation (中止、恢复、终止, MSA 46, 47)."""

from dataclasses import dataclass

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class RequestSuspension(CaseCommand):
    """Propose that the investigation stand still, with the ground (中止调查, MSA 46)."""

    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReviewSuspension(TaskCommand):
    """The unit head supports the proposal, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveSuspension(TaskCommand):
    """The leader suspends the investigation, or refuses to."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestResumption(TaskCommand):
    """Propose to go on at once, because the ground has fallen away (恢复调查)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ApproveResumption(TaskCommand):
    """The leader resumes the investigation, or returns the proposal."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestTermination(CaseCommand):
    """Propose to end the investigation for good (终止调查, MSA 47)."""

    ground: str
    facts: str
    measures_released: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewTermination(TaskCommand):
    """The unit head supports the proposal, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveTermination(TaskCommand):
    """The leader ends the investigation, and with it the case, or refuses to."""

    outcome: str
    opinion: str = ""
