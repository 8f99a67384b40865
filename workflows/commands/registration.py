"""Advance registration of evidence (先行登记保存, APL 56; MSA 33-35)."""

from dataclasses import dataclass, field
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.seizure import HandedOver, OnTheSpot


@dataclass(frozen=True, kw_only=True)
class RequestRegistration(CaseCommand):
    """Apply for the registration of evidence that may be lost; urgent ones come first."""

    second_handler: str
    reason: str
    place: str
    items: list[dict[str, Any]]
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class ApproveRegistration(TaskCommand):
    """Approve a registration before it is carried out, or within a day after an urgent one."""

    outcome: str
    opinion: str | None = None


@dataclass(frozen=True, kw_only=True)
class CarryOutRegistration(OnTheSpot, PairCommand):
    """Register the evidence on the spot and serve the notice with the list."""


@dataclass(frozen=True, kw_only=True)
class DisposeRegistered(HandedOver, PairCommand):
    """Decide within seven working days what becomes of registered evidence (MSA 35)."""

    way: str
    reason: str
    goods: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ReturnRegistered(HandedOver, PairCommand):
    """Give back what was registered: the measure lapsed, or was not approved."""
