"""Sampling (抽样取证, APL 56; MSA 31)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand


@dataclass(frozen=True, kw_only=True)
class TakeSamples(CaseCommand):
    """Draw samples with the party present, seal them and list them."""

    second_handler: str
    executed_at: datetime
    reason: str
    place: str
    items: list[dict[str, Any]]
    cards_shown: bool
    rights_told: bool
    party_notified: bool
    keeper: str
    storage_place: str
    present_person: str | None = None
    statement: str | None = None
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True


@dataclass(frozen=True, kw_only=True)
class SettleSamples(PairCommand):
    """Record what became of the samples: sent for a test, returned, used up, kept as evidence."""

    done_at: datetime
    way: str
    reason: str
    receiver_name: str | None = None
