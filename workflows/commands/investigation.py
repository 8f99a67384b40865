"""Investigation (调查取证): inspection, questioning, supplement, evidence, final report."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.penalty import PenaltyFields


@dataclass(frozen=True, kw_only=True)
class RecordInspection(PairCommand):
    """Record a site inspection (现场检查笔录, APL 54, 55)."""

    started_at: datetime
    ended_at: datetime
    place: str
    findings: str
    cards_shown: bool
    rights_told: bool
    present_person: str | None = None
    present_relation: str | None = None
    recusal_requested: bool = False
    drawing: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordInquiry(PairCommand):
    """Record a questioning (询问笔录): identity, rights told, questions and answers."""

    started_at: datetime
    ended_at: datetime
    place: str
    person_name: str
    person_relation: str
    cards_shown: bool
    rights_told: bool
    answers: list[dict[str, Any]]
    person_cert_no: str | None = None
    person_duty: str | None = None
    person_phone: str | None = None
    person_address: str | None = None
    recusal_requested: bool = False
    service_address: str | None = None
    electronic_service_agreed: bool = False
    electronic_address: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True


@dataclass(frozen=True, kw_only=True)
class SupplementInvestigation(PairCommand):
    """Answer a review that asked for more investigation (补充调查)."""

    supplemented_at: datetime
    summary: str
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SubmitFinalReport(PenaltyFields, TaskCommand):
    """Submit the final report with the proposal (调查终结报告, MSA 48)."""

    proposal: str
    matter: str
    facts: str
    nature: str
    cause: str | None = None
    course: str | None = None
    cited_evidence: list[str] = field(default_factory=list)
    case_value: Decimal | None = None
    illegal_gain: Decimal | None = None
    rate_base: Decimal | None = None
    complex_or_major: bool = False
    complexity_reason: str | None = None
    withdrawal_ground: str | None = None
    withdrawal_reason: str | None = None
    transfer_kind: str | None = None
    transfer_to: str | None = None
    transfer_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddEvidence(CaseCommand):
    """Add an item of evidence (证据); a file comes from a finished upload."""

    kind: str
    name: str
    collected_at: datetime
    second_handler: str | None = None
    source: str = ""
    place: str = ""
    original: bool = True
    note: str = ""
    upload: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExcludeEvidence(CaseCommand):
    """Exclude an item from what may be cited, with the reason; it stays in the record."""

    evidence: str
    reason: str
