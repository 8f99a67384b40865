"""Confiscated goods (罚没物品): registered, disposed of as approved, witnessed (APL 74)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from workflows.commands.base import CaseCommand, PairCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class RegisterConfiscatedGoods(CaseCommand):
    """Put the confiscated goods on the register of the case, with who keeps them and where."""

    items: list[dict[str, Any]]
    keeper: str
    storage_place: str


@dataclass(frozen=True, kw_only=True)
class ProposeConfiscatedDisposal(TaskCommand):
    """Propose what becomes of confiscated goods: auction, destruction, handing over, public use."""

    way: str
    reason: str
    goods: list[str] = field(default_factory=list)
    receiver: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveConfiscatedDisposal(TaskCommand):
    """The leader approves what is to become of them, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class CarryOutConfiscatedDisposal(PairCommand):
    """Carry it out: two officers, a witness, pictures; proceeds go to the treasury (APL 74)."""

    done_at: datetime
    place: str
    course: str
    receiver_name: str
    witness_name: str
    body_camera: bool = True
    proceeds: Decimal | None = None
    receipt_no: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
