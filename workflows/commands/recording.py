"""Recordings of devices: received, reviewed by two officers, made evidence, shown."""

from dataclasses import dataclass
from datetime import datetime

from workflows.commands.base import CaseCommand, Command


@dataclass(frozen=True, kw_only=True)
class RegisterRecording(Command):
    """Take in a recording of a device (监控记录): it waits for its review."""

    device: str
    number: str
    observed_at: datetime
    reading: str
    received_at: datetime | None = None
    standard_limit: str = ""
    content: str = ""
    place: str = ""
    clock_offset: int = 0
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewRecording(Command):
    """Two officers pass a recording or reject it with the reason (APL 41 第二款)."""

    recording: str
    second_handler: str
    result: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkRecording(CaseCommand):
    """Make a passed recording evidence of the case (V22)."""

    recording: str
    second_handler: str
    fact_proved: str
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordEvidenceQuery(CaseCommand):
    """Record that the party looked at the recordings (查询, APL 41 第三款)."""

    queried_at: datetime
    way: str
    queried_by: str
    note: str = ""
