"""Enforcement stands still, goes on, is agreed upon or ends (中止、终结、执行协议, AEL 39-42)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class RequestEnforcementPause(CaseCommand):
    """Propose that enforcement stand still, with the ground (中止执行, AEL 39)."""

    ground: str
    reason: str
    harmless: bool = False


@dataclass(frozen=True, kw_only=True)
class ApproveEnforcementPause(TaskCommand):
    """The leader suspends the enforcement, or refuses to."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ResumeEnforcement(TaskCommand):
    """The leader resumes the enforcement because the ground has fallen away (恢复执行)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class AbandonEnforcement(TaskCommand):
    """Confirm that after three years of suspension it is not enforced any more (AEL 39)."""

    opinion: str


@dataclass(frozen=True, kw_only=True)
class RequestEnforcementEnd(CaseCommand):
    """Propose to end the enforcement, with the ground (终结执行, AEL 40)."""

    ground: str
    reason: str
    restore: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveEnforcementEnd(TaskCommand):
    """The leader ends the enforcement, or refuses to."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordRestoration(PairCommand):
    """Record that what was taken was put back, returned or compensated (执行回转, AEL 41)."""

    done_at: datetime
    restored_way: str
    receiver_name: str
    note: str
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ProposeSettlement(CaseCommand):
    """Propose an agreement on performing in stages (执行协议, AEL 42)."""

    terms: str
    stages: list[dict[str, Any]]
    signed_at: datetime
    signed_by: str
    harms_nobody: bool = False
    surcharge_waived: Decimal | None = None
    corrected: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ApproveSettlement(TaskCommand):
    """The leader agrees to the agreement, or refuses it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckSettlement(TaskCommand):
    """Whether the agreement was kept; when it was broken, enforcement is resumed."""

    answer: str
    checked_at: datetime
    note: str
