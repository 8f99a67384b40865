"""Meetings of the heads with an agenda of several cases. No case is named by `case_id`: a
meeting stands beside the cases, and what is decided is decided in each case."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class ConveneMeeting(Command):
    """Call a meeting and put waiting cases on its agenda (召集会议)."""

    cases: list[str]
    planned_at: datetime
    place: str
    chair: str
    members: list[str]
    recorder: str
    attendees: list[str] = field(default_factory=list)
    observers: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpenMeeting(Command):
    """Open the meeting: who came, who did not and why (宣布开会)."""

    meeting: str
    held_at: datetime
    attendance: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class DeferAgendaItem(Command):
    """Take a case off the agenda with the reason; it waits for another meeting (暂缓讨论)."""

    meeting: str
    case: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CloseMeeting(Command):
    """Close the meeting: its end, a summary, the signatures of those present (散会)."""

    meeting: str
    ended_at: datetime
    signatures: list[dict[str, Any]]
    summary: str | None = None


@dataclass(frozen=True, kw_only=True)
class CancelMeeting(Command):
    """Call the meeting off before it was held (取消会议)."""

    meeting: str
    reason: str
