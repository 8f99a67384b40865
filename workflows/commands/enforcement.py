"""Enforcing the order of a decision: look again, enforce it oneself, have it done (AEL 34-52)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class OnSite:
    """How it went on the spot, and who saw it (执行笔录)."""

    started_at: datetime
    ended_at: datetime
    course: str
    cards_shown: bool = True
    present_person: str | None = None
    witness_name: str | None = None
    party_signature: str = "signed"
    signature_note: str | None = None
    body_camera: bool = True
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RecordOrderRecheck(CaseCommand):
    """Look whether the party did what the decision orders beside the fine (复查)."""

    second_handler: str
    rechecked_at: datetime
    result: str
    findings: str
    evidence: list[dict[str, Any]] = field(default_factory=list)
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True


@dataclass(frozen=True, kw_only=True)
class RequestOwnEnforcement(CaseCommand):
    """Propose that the agency enforce the order itself (行政强制执行, AEL 13, 34)."""

    way: str
    obligation: str
    reason: str
    basis: str
    place: str
    planned_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnnounceDemolition(PairCommand):
    """Announce the demolition of an illegal building and let the party do it (AEL 44)."""

    announced_at: datetime
    announcement_place: str
    remove_by: date
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ApproveOwnEnforcement(TaskCommand):
    """The leader decides on the enforcement (行政强制执行决定, AEL 37), or refuses."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeOwnEnforcement(ServiceFields, PairCommand):
    """Serve the decision to enforce (AEL 38)."""


@dataclass(frozen=True, kw_only=True)
class CarryOutOwnEnforcement(OnSite, PairCommand):
    """Enforce on the spot, with a list of the goods inside; or stop because it was performed."""

    result: str
    emergency: str | None = None
    utilities_untouched: bool = False
    items: list[dict[str, Any]] = field(default_factory=list)
    goods_to: str | None = None
    goods_place: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestSubstitutePerformance(CaseCommand):
    """Propose that the agency or a third person perform for the party (代履行, AEL 50, 52)."""

    way: str
    obligation: str
    reason: str
    basis: str
    place: str
    executor: str
    immediate: bool = False
    executor_independent: bool = False
    planned_on: date | None = None
    cost_estimate: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveSubstitutePerformance(TaskCommand):
    """The leader decides on the performance in the party's place (代履行决定), or refuses."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeSubstitutePerformance(ServiceFields, PairCommand):
    """Serve the decision on the performance in the party's place (AEL 51)."""


@dataclass(frozen=True, kw_only=True)
class UrgeSubstitutePerformance(PairCommand):
    """Urge the party once more, three days before it is performed for it (AEL 51)."""

    urged_at: datetime
    receiver_name: str


@dataclass(frozen=True, kw_only=True)
class CarryOutSubstitutePerformance(OnSite, PairCommand):
    """Watch the performance on the spot, without violence; all sign the record (AEL 51)."""

    result: str
    no_violence: bool = False
    executor_signature: str | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimSubstituteCosts(TaskCommand):
    """Claim the costs of the performance, at what it reasonably takes (AEL 51)."""

    cost: Decimal
    cost_items: str
    due_on: date
