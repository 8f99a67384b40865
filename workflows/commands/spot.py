"""On-the-spot penalties (当场处罚, APL 51-52): the decision, the cash, the filing."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from workflows.commands.base import Command, PairCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class PunishOnTheSpot(Command):
    """Decide on the spot (当场处罚决定, APL 51) and open the case with it."""

    decision: ClassVar[str] = "penalty"
    confiscated_amount: ClassVar[Decimal | None] = None
    licence: ClassVar[str | None] = None

    second_handler: str
    matter: str
    party: dict[str, Any]
    act_place: str
    act_started_at: datetime
    cards_shown: bool
    rights_told: bool
    penalty_kinds: list[str] = field(default_factory=lambda: ["fine"])
    fine: Decimal | None = None
    legal_subject: str | None = None
    source: str = "daily_inspection"
    source_detail: str = ""
    cause: str | None = None
    facts: str | None = None
    correction_demand: str | None = None
    discretion_level: str | None = None
    discretion_reason: str | None = None
    mitigation_ground: str | None = None
    statement: str = "none"
    content: str | None = None
    answer: str | None = None
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True
    pay_by: str = "later"
    cash_ground: str | None = None
    cash_note: str | None = None
    receipt_no: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    pack: str = "simple"
    case_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class HandInCash(PairCommand):
    """Hand the cash in at the agency (当场收缴罚款交至行政机关, APL 71)."""

    handed_in_at: datetime
    received_by: str


@dataclass(frozen=True, kw_only=True)
class BankCash(TaskCommand):
    """Pay the cash in at the bank (缴付指定银行, APL 71)."""

    banked_at: datetime
    bank_receipt_no: str


@dataclass(frozen=True, kw_only=True)
class FileSpotPenalty(PairCommand):
    """Hand the material in for the agency's record (报所属行政机关备案, APL 52)."""

    filed_at: datetime
    complete: bool
    filing_note: str | None = None
