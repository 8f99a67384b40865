"""Leads (线索): register, verify, order to correct, re-check."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflows.commands.base import CaseCommand, Command, PairCommand


@dataclass(frozen=True, kw_only=True)
class RegisterLead(Command):
    """Register a lead (线索登记) and open the case."""

    second_handler: str
    source: str
    received_at: datetime
    act_place: str
    content: str
    legal_subject: str | None = None
    source_detail: str = ""
    matter: str | None = None
    party: dict[str, Any] | None = None
    informant_name: str | None = None
    informant_phone: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    recordings: list[str] = field(default_factory=list)
    pack: str = "ordinary"
    case_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RecordVerification(PairCommand):
    """Record what the check found (线索核查, MSA 18) and how to go on."""

    conclusion: str
    verified_at: datetime
    findings: str
    matter: str | None = None
    party: dict[str, Any] | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    transfer_kind: str | None = None
    transfer_to: str | None = None
    transfer_reason: str | None = None
    exemption_ground: str | None = None
    harm: str | None = None
    corrected_on_spot: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceFields:
    """How a document was served (送达, CPL 87-95)."""

    service_method: str = "direct"
    served_at: datetime
    service_place: str | None = None
    receiver_name: str | None = None
    receiver_relation: str | None = None
    refusal_reason: str | None = None
    witness_name: str | None = None
    tracking_number: str | None = None
    electronic_address: str | None = None
    refused_by: str | None = None
    difficulty_reason: str | None = None
    organ_kind: str | None = None
    organ_name: str | None = None
    mail_result: str = "received"
    returned_reason: str | None = None
    announcement_ground: str | None = None
    announcement_channels: list[str] = field(default_factory=list)
    announcement_place: str | None = None
    announcement_reason: str | None = None
    helpers: str | None = None
    proof: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OrderCorrection(ServiceFields, PairCommand):
    """Order the party to correct within a limit (责令限期改正, APL 28) and serve the order."""

    matter: str
    facts: str
    demand: str
    deadline: datetime
    recheck_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordRecheck(PairCommand):
    """Record the re-check (复查): corrected or not."""

    rechecked_at: datetime
    result: str
    findings: str
    evidence: list[dict[str, Any]] = field(default_factory=list)
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True


@dataclass(frozen=True, kw_only=True)
class ExtendVerification(CaseCommand):
    """Give the check of a lead its one extension (MSA 18)."""

    reason: str
