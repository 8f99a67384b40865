"""Decision, service, payment."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workflows.commands.base import PairCommand, TaskCommand
from workflows.commands.lead import ServiceFields
from workflows.commands.penalty import PenaltyFields


@dataclass(frozen=True, kw_only=True)
class IssueDecision(PenaltyFields, TaskCommand):
    """Issue the decision (作出决定, APL 57, 59) or return the file."""

    outcome: str
    decision: str | None = None
    facts: str | None = None
    statement_adoption: str | None = None
    hearing_adoption: str | None = None
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeDecision(ServiceFields, PairCommand):
    """Serve the decision (送达, APL 61); payment and remedy periods start."""

    credit_notice_served: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordPayment(TaskCommand):
    """Record an amount received (缴款, APL 67). What it goes to follows the order of the law;
    `surcharge_amount` is what was paid for the surcharge beside it."""

    amount: Decimal
    paid_at: datetime
    receipt_no: str
    surcharge_amount: Decimal | None = None
    slip_no: str | None = None
    channel: str = "bank"
    payer_name: str | None = None
    overpayment: str = "refuse"
    receipt_file: str | None = None
