"""Refunds (退款)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workflows.commands.base import CaseCommand, TaskCommand


@dataclass(frozen=True, kw_only=True)
class RequestRefund(CaseCommand):
    """Open a refund by hand; a remedy that succeeds opens one by itself."""

    ground: str


@dataclass(frozen=True, kw_only=True)
class ProposeRefund(TaskCommand):
    """Work the refund out from the account."""

    ground: str
    amount: Decimal
    payee_name: str
    reason: str
    payee_account: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveRefund(TaskCommand):
    """The leader approves the refund, or returns it."""

    outcome: str
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class PayRefund(TaskCommand):
    """The cashier has paid it out."""

    paid_at: datetime
    receipt_no: str
