"""Criminal transfer (移送涉嫌犯罪案件): State Council Order 310, APL 27 and 35, AEL 21."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class ReportSuspectedCrime(CaseCommand):
    """The special team of at least two reports a suspected crime to the head in writing."""

    team: list[str]
    crime: str
    facts: str
    reported_at: datetime


@dataclass(frozen=True, kw_only=True)
class ApproveCriminalTransfer(TaskCommand):
    """The head, or the acting head, transfers the case to the police or refuses with reasons."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class SendCriminalTransfer(TaskCommand):
    """Send the letter with its five attachments to the police, a copy to the procuratorate."""

    sent_at: datetime
    police_organ: str
    procuratorate: str
    enclosures: list[str]
    contact_name: str
    contact_phone: str
    missing_note: str | None = None
    received_at: datetime | None = None
    receiver_name: str | None = None
    receipt_no: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordPoliceReceipt(TaskCommand):
    """The police sign the reply slip, or pass the case on to the organ in charge (310 art. 7)."""

    received_at: datetime
    receiver_name: str
    receipt_no: str | None = None
    passed_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordPoliceDecision(TaskCommand):
    """The police have filed the case, or refused to, in writing (310 art. 8)."""

    decision: str
    document_no: str
    received_at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOverToPolice(TaskCommand):
    """Hand goods and material over within three days and tell the party (310 art. 12, AEL 21)."""

    handed_at: datetime
    receiver_name: str
    note: str | None = None
    party_told_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerPoliceRefusal(TaskCommand):
    """Ask the police for review, suggest supervision, or go on administratively (310 art. 9)."""

    answer: str
    reason: str
    organ: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordRefusalReview(TaskCommand):
    """What became of the review or of the suggested supervision."""

    result: str
    document_no: str
    received_at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordCriminalResult(TaskCommand):
    """How the criminal case ended, and whether the agency has something left to decide."""

    result: str
    document_no: str
    organ: str
    received_at: datetime
    next: str
    criminal_fine: Decimal | None = None
    note: str = ""
