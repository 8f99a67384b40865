"""Sealing and seizure (查封、扣押, AEL 17-28): application, approval, the spot, the end."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields


@dataclass(frozen=True, kw_only=True)
class OnTheSpot:
    """How a measure was carried out in the presence of the party (AEL 18, MSA 38)."""

    executed_at: datetime
    items: list[dict[str, Any]]
    cards_shown: bool
    rights_told: bool
    keeper: str
    storage_place: str
    present_person: str | None = None
    statement: str | None = None
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None
    body_camera: bool = True


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """How goods left the agency's hands."""

    done_at: datetime
    receiver_name: str
    condition: str
    party_signature: str = "signed"
    signature_note: str | None = None
    witness_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestSeizure(CaseCommand):
    """Apply for sealing or seizure; urgent ones are carried out first (AEL 18, 19)."""

    second_handler: str
    kind: str
    reason: str
    basis_rank: str
    basis: str
    place: str
    items: list[dict[str, Any]]
    urgent: bool = False
    involved_only: bool = False
    no_necessities: bool = False
    not_sealed_elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class ApproveSeizure(TaskCommand):
    """Approve a seizure before it is carried out, or within a day after an urgent one."""

    outcome: str
    opinion: str | None = None


@dataclass(frozen=True, kw_only=True)
class CarryOutSeizure(OnTheSpot, PairCommand):
    """Carry the seizure out: decision and list are handed over on the spot (AEL 24)."""

    two_copies: bool


@dataclass(frozen=True, kw_only=True)
class HandleSeizedGoods(TaskCommand):
    """Propose what becomes of the goods, or that the seizure is extended (AEL 25, 27, 28)."""

    step: str
    reason: str
    goods: list[str] = field(default_factory=list)
    ground: str | None = None
    receiver: str | None = None
    extension_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveSeizureExtension(TaskCommand):
    """Approve the one extension of a seizure (AEL 25)."""

    outcome: str
    opinion: str | None = None


@dataclass(frozen=True, kw_only=True)
class ServeSeizureExtension(ServiceFields, PairCommand):
    """Tell the party in writing of the extension and its reasons (AEL 25)."""


@dataclass(frozen=True, kw_only=True)
class ApproveGoodsDisposal(TaskCommand):
    """Approve what is to become of seized goods."""

    outcome: str
    opinion: str | None = None


@dataclass(frozen=True, kw_only=True)
class CarryOutGoodsDisposal(HandedOver, PairCommand):
    """Record that the goods were returned, handed over, confiscated or destroyed."""


@dataclass(frozen=True, kw_only=True)
class ReleaseSeizure(HandedOver, PairCommand):
    """Release what may not be kept any longer: not approved, or the time is over (AEL 28)."""

    ground: str
