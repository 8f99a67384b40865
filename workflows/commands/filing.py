"""Filing (立案): propose, review, approve."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class ProposeFiling(TaskCommand):
    """Propose to file the case (MSA 19): party, matter, act, the four conditions."""

    party: dict[str, Any]
    matter: str
    facts: str
    act_started_at: datetime
    act_place: str
    filing_conditions: list[str]
    cause: str | None = None
    act_ended_at: datetime | None = None
    continuing: bool = False
    harm_life_finance: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposeNotFiling(TaskCommand):
    """Propose not to file (不予立案, MSA 20), with the ground."""

    ground: str
    reason: str
    education: str | None = None
    informant_told: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewFiling(TaskCommand):
    """Unit head's review of the proposal; names the two handlers (办案人员)."""

    outcome: str
    handlers: list[str] = field(default_factory=list)
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ApproveFiling(TaskCommand):
    """The leader files, does not file, transfers or returns (立案审批, APL 54)."""

    outcome: str
    opinion: str = ""
    transfer_kind: str | None = None
    transfer_to: str | None = None
    transfer_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class DecideRecusal(CaseCommand):
    """Decide that a person steps back from the case (回避, APL 43) and who replaces them."""

    person: str
    reason: str
    replacement: str | None = None
