"""Decision, service, payment, disclosure."""

from dataclasses import dataclass, field
from datetime import date, datetime
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


@dataclass(frozen=True, kw_only=True)
class PrepareDisclosure(TaskCommand):
    """Prepare the public text: secrecy and privacy checks, masking (公示审查, APL 48)."""

    disclose: str
    secrecy_checked: bool
    privacy_checked: bool
    withhold_ground: str | None = None
    withhold_reason: str | None = None
    masked_items: list[str] = field(default_factory=list)
    public_text: str | None = None
    channels: list[str] = field(default_factory=list)
    credit_class: str | None = None
    publish_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReleaseDisclosure(TaskCommand):
    """A second person publishes, withholds or returns (批准公示)."""

    outcome: str
    withhold_ground: str | None = None
    opinion: str = ""
