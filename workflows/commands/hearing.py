"""Hearing (听证, APL 63-65): request, admission, host, notice, sitting, report, waiver."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class RequestHearing(CaseCommand):
    """Register the party's request for a hearing (听证申请, APL 64 (1) 1), in time or late."""

    requested_at: datetime
    request_way: str
    requested_by: str
    requester_relation: str
    grounds: str = ""
    agents: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class AdmitHearing(TaskCommand):
    """Admit the request or refuse it with its ground (受理、不予受理)."""

    admission: str
    refusal_ground: str | None = None
    admission_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppointHost(TaskCommand):
    """Appoint host and recorder (指定听证主持人、记录人, APL 64 (1) 4), or note a withdrawal."""

    appointment: str
    host: str | None = None
    recorder: str | None = None
    withdrawn_at: datetime | None = None
    withdrawal_signed: bool = False


@dataclass(frozen=True, kw_only=True)
class NotifyHearing(ServiceFields, TaskCommand):
    """Tell the party time, place, host and its rights, seven working days before (听证通知)."""

    planned_at: datetime
    place: str
    open_to_public: bool = True
    closed_ground: str | None = None
    others_told: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordSitting(TaskCommand):
    """Record the sitting (听证笔录, APL 64 (1) 8), or why it did not take place."""

    sitting: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome_reason: str | None = None
    withdrawal_signed: bool = False
    participants: list[dict[str, Any]] = field(default_factory=list)
    investigators_case: str | None = None
    claims: str | None = None
    evidence_examined: str | None = None
    last_words: str | None = None
    signature: str | None = None
    signature_note: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class WriteHearingReport(TaskCommand):
    """The host's report on the hearing (听证报告)."""

    found_facts: str
    disputes: str
    host_opinion: str
    recommendation: str


@dataclass(frozen=True, kw_only=True)
class WaiveHearing(TaskCommand):
    """Record the party's signed waiver of the hearing (放弃听证声明)."""

    waived_at: datetime
    waiver_signed: bool
    waived_by: str | None = None
