"""Surcharge (加处罚款): its decision (APL 72; AEL 45)."""

from dataclasses import dataclass

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class ProposeSurcharge(CaseCommand):
    """Propose a decision on the surcharge; its sums are those of the account."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ApproveSurcharge(TaskCommand):
    """The leader issues the decision, or refuses it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeSurcharge(ServiceFields, PairCommand):
    """Serve the decision on the surcharge."""
