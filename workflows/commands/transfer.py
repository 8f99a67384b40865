"""Answers to transfers (移送答复), transfers that came in, disputes of jurisdiction: MSA 13-17."""

from dataclasses import dataclass, field
from datetime import date, datetime

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class RecordTransferAnswer(TaskCommand):
    """What the other agency answered: received, accepted, returned with reasons, or its result."""

    answer: str
    answered_at: datetime
    document_no: str | None = None
    return_reasons: list[str] = field(default_factory=list)
    after_return: str | None = None
    result: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordIncomingTransfer(CaseCommand):
    """A lead came by transfer: from whom, with which enclosures (接收移送)."""

    from_agency: str
    received_at: datetime
    letter_no: str | None = None
    enclosures: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class AnswerIncomingTransfer(TaskCommand):
    """The unit head accepts the transfer, or returns it with a code for each thing missing."""

    answer: str
    return_reasons: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeedBackTransfer(TaskCommand):
    """Tell the agency that sent it what became of the transfer."""

    result: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ReportJurisdictionDispute(CaseCommand):
    """Another agency holds itself, or us, to be in charge (管辖争议, APL 25)."""

    other_agency: str
    reason: str
    arose_at: datetime
    other_filed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordNegotiation(TaskCommand):
    """The record of the negotiation, and whether both sides agreed."""

    negotiated_at: datetime
    participants: str
    record: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ReportToSuperior(TaskCommand):
    """Nobody agreed: a leader asks the common superior to designate (报请指定管辖)."""

    superior: str
    opinion: str


@dataclass(frozen=True, kw_only=True)
class RecordDesignation(TaskCommand):
    """Whom the common superior designated (指定管辖)."""

    designated: str
    designation_no: str
    designated_at: datetime
