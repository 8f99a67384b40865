"""Reviews and approvals on the way to the decision."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from workflows.commands.base import PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class ReviewReport(TaskCommand):
    """Unit head's review of the final report (中队审核)."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class SubmitReviewOpinion(TaskCommand):
    """Give the legal review opinion (法制审核意见, APL 58)."""

    review: str
    opinion: str = "agree"
    failure_reasons: list[str] = field(default_factory=list)
    reasons: str = ""
    checklist: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ApproveNotice(TaskCommand):
    """The leader approves the proposal; the notice is numbered (事先告知, APL 44)."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeNotice(ServiceFields, PairCommand):
    """Serve the notice; the period for a statement starts (MSA 57)."""


@dataclass(frozen=True, kw_only=True)
class RecordStatement(TaskCommand):
    """Record the party's statement or written waiver (陈述申辩, APL 45, 62)."""

    statement: str
    stated_at: datetime
    statement_way: str | None = None
    stated_by: str | None = None
    content: str | None = None
    waiver_signed: bool | None = None
    hearing_waived: bool = False
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ReexamineStatement(TaskCommand):
    """Answer the statement in writing (复核, APL 45)."""

    reexamination: str
    accepted: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class ConveneDiscussion(TaskCommand):
    """Call the collective discussion: time, place, members (集体讨论, APL 57)."""

    planned_at: datetime
    place: str
    chair: str
    members: list[str]
    recorder: str
    attendees: list[str] = field(default_factory=list)
    observers: str | None = None
    reason: str | None = None
    meeting: str | None = None
    """The meeting whose agenda names the case; empty for a discussion of its own."""


@dataclass(frozen=True, kw_only=True)
class RecordDiscussion(TaskCommand):
    """Record the meeting: who was there, views, votes, dissent, conclusion."""

    chair: str
    place: str
    held_at: datetime
    ended_at: datetime
    case_report: str
    legal_opinion: str
    members: list[dict[str, Any]]
    discussion_result: str
    conclusion_text: str
    attendees: list[str] = field(default_factory=list)
    observers: str | None = None
    fine: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SignMinutes(TaskCommand):
    """Sign the minutes (签署讨论记录): each member present, or why not."""

    signatures: list[dict[str, Any]]
    minutes_scan: str | None = None
